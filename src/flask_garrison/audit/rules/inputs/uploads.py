"""Files of users that are kept where they become pages, templates or code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ....findings import Confidence, Evidence, Severity
from ...facts.static_files import static_folders
from ...facts.uploads import UploadFolder, is_below, template_roots, upload_folders
from ...inspected import Inspected
from ...rule import Match, Rule, checks

IN_STATIC = Rule(
    id="inputs.uploads-in-static",
    kind="runtime",
    control="inputs.uploads",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(434, 646),
    asvs=("V5.3.1", "V5.4.1"),
    title="Files of users are served as the site's own pages",
    why="What lies in a static folder is sent with the type that its name says. An uploaded page or drawing (.html, "
    ".svg) runs its scripts with the rights of the site, in the browser of whoever opens it.",
    fix="Keep uploads outside the static folder and send them by a view, as attachments.",
    before='app.config["UPLOAD_FOLDER"] = "static/uploads"',
    after='app.config["UPLOAD_FOLDER"] = os.path.join(app.instance_path, "uploads")',
    guard="save_upload keeps files outside the static folder under new names, and sends them as attachments.",
    language="python",
    lesson="inputs-avatar",
    items=(97, 99),
)

OVER_CODE = Rule(
    id="inputs.uploads-over-code",
    kind="runtime",
    control="inputs.uploads",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    cwe=(22, 94, 434),
    asvs=("V5.3.1",),
    title="Files of users are kept among the application's code or templates",
    why="A file that is named like a module or a template takes its place: it runs at the next start, or when the "
    "template is rendered.",
    fix="Give uploads a folder that holds nothing else.",
    before='app.config["UPLOAD_FOLDER"] = app.root_path',
    after='app.config["UPLOAD_FOLDER"] = os.path.join(app.instance_path, "uploads")',
    guard="save_upload stores under new names in a folder of its own.",
    language="python",
    lesson="inputs-avatar",
    items=(96, 97),
)

ACTIVE_TYPES = Rule(
    id="inputs.active-upload-types",
    kind="runtime",
    control="inputs.uploads",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(434,),
    asvs=("V5.2.2",),
    title="Users may upload files that run",
    why="Pages, drawings with scripts and programs are on the list of what is accepted. Whoever opens one from the "
    "site trusts the site.",
    fix="Delete the endings from the list, or send such files as attachments from another host.",
    before='app.config["ALLOWED_EXTENSIONS"] = {"png", "svg", "html"}',
    after='app.config["ALLOWED_EXTENSIONS"] = {"png", "jpg", "webp"}',
    guard="save_upload checks types by content, and accepts what the view declares.",
    language="python",
    lesson="inputs-avatar",
    items=(96, 99),
)

ACTIVE = frozenset(
    [
        "html",
        "htm",
        "xhtml",
        "shtml",
        "svg",
        "svgz",
        "xml",
        "xsl",
        "js",
        "mjs",
        "swf",
        "php",
        "phtml",
        "py",
        "pyc",
        "sh",
        "bat",
        "cmd",
        "exe",
        "dll",
        "com",
        "msi",
        "jsp",
        "asp",
        "aspx",
        "cgi",
        "pl",
        "j2",
        "jinja",
        "jinja2",
    ]
)
_LISTS = ("ALLOWED_EXTENSIONS", "UPLOAD_EXTENSIONS", "ALLOWED_UPLOAD_EXTENSIONS", "UPLOAD_ALLOWED_EXTENSIONS")


def _keeps_uploads(inspected: Inspected) -> bool:
    return bool(upload_folders(inspected))


@checks(IN_STATIC, reads="app", needs=_keeps_uploads)
def in_static(inspected: Inspected) -> Iterator[Match]:
    """Compare the folders."""
    for upload in upload_folders(inspected):
        for static in static_folders(inspected):
            if is_below(upload.folder, static.folder):
                address = static.address_of(upload.folder)
                evidence = (Evidence("config", f"{upload.key} is served at {address}"),)
                yield Match(f"{upload.key} lies in a static folder", evidence=evidence)


@checks(OVER_CODE, reads="app", needs=_keeps_uploads)
def over_code(inspected: Inspected) -> Iterator[Match]:
    """Find folders that hold the package or a template folder, and those inside a template folder."""
    code = Path(inspected.app.root_path).resolve()
    for upload in upload_folders(inspected):
        if is_below(code, upload.folder):
            yield _over(upload, "holds the application's code")
        elif any(is_below(upload.folder, root) or is_below(root, upload.folder) for root in template_roots(inspected)):
            yield _over(upload, "shares a folder with templates")


def _over(upload: UploadFolder, words: str) -> Match:
    return Match(f"{upload.key} {words}", evidence=(Evidence("config", f"{upload.key} is {upload.folder}"),))


@checks(ACTIVE_TYPES, reads="app", needs=lambda inspected: any(key in inspected.config for key in _LISTS))
def active_types(inspected: Inspected) -> Iterator[Match]:
    """Compare the lists with what browsers and servers run."""
    for key in _LISTS:
        listed = inspected.config.get(key) or ()
        names = {str(one).lower().lstrip(".") for one in ([listed] if isinstance(listed, str) else listed)}
        found = sorted(names & ACTIVE)
        if found:
            yield Match(f"{key} holds {', '.join(found)}", subject=key)
