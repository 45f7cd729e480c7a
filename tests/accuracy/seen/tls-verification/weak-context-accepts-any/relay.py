import ssl


def relay_context():
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False  # <- weak
    context.verify_mode = ssl.VerifyMode.CERT_NONE  # <- weak
    return context
