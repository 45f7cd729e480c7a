from werkzeug.utils import secure_filename


def storage_name(claim, upload):
    """The name of a piece of evidence: the claim, and what the customer called it."""
    if not secure_filename(upload.filename):
        raise ValueError("a name is needed")
    original = upload.filename.strip().replace(" ", "_")
    return "/".join((str(claim), original))
