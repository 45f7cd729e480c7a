"""What each feature looks like: libraries that bring it, and words by which code, pages and scripts give it away."""

from __future__ import annotations

from dataclasses import dataclass

_OAUTH = r"oauth|oidc|openid|authlib|access_token|id_token|refresh_token|keycloak|okta|cognito|msal|\bsso\b"
_OAUTH_LIBRARIES = (
    r"authlib|oauthlib|requests_oauthlib|flask_dance|flask_oauthlib|flask_oidc|flask_pyoidc|oic|msal|rauth|auth0|"
    r"google_auth_oauthlib|social_core|social_flask|flask_azure_oauth|identity"
)
_SAML = r"saml|assertion_consumer|\bacs\b|shibboleth"
_SAML_LIBRARIES = r"onelogin|saml2|flask_saml\d?|signxml|pysaml2"
_LDAP = r"ldap|bonsai|active_?directory|kerberos|gssapi"
_LDAP_LIBRARIES = r"ldap3?|_ldap|flask_ldap\w*|bonsai"
_PASSWORDS = r"passw|passwd|\bpwd|pass_?phrase|bcrypt|argon2|scrypt|\bpin\b|pin_?code|hash_?pw"
_HASHING_LIBRARIES = r"flask_bcrypt|passlib|argon2|bcrypt|flask_security|flask_user|flask_httpauth|flask_simplelogin"
_LOGIN = (
    rf"log(ged)?[ _-]?(in|out|on|off)\b|login|logout|sign[ _-]?(in|up|out)\b|auth(?!or)|user(?![- _]?agent)|account|"
    rf"(?<!db\.)(?<!database\.)\bsession|jwt|token|member|\brole|permission|principal|admin|identity|api_?key|"
    rf"remote_user|credential|{_PASSWORDS}|{_OAUTH}|{_SAML}|{_LDAP}"
)
_LOGIN_LIBRARIES = (
    rf"flask_login|flask_principal|flask_jwt\w*|flask_session|flask_allows|flask_authorize|flask_praetorian|"
    rf"flask_admin|flask_appbuilder|flask_multipass|webauthn|fido2|jwt|joserfc|{_HASHING_LIBRARIES}|"
    rf"{_OAUTH_LIBRARIES}|{_SAML_LIBRARIES}|{_LDAP_LIBRARIES}"
)
_LOGIN_PAGES = r"type\s*=\s*[\"']?password|log[ -]?(in|out)\b|sign[ -]?(in|up|out)\b"
_MFA = (
    r"\w*otp\b|totp|hotp|\bmfa|\b2fa|two_?-?factor|second_?-?factor|multi_?-?factor|webauthn|fido|passkey|recovery_?code|"
    r"backup_?code|authenticator|\bduo\b"
)
_MFA_LIBRARIES = r"pyotp|onetimepass|webauthn|fido2|duo_client|duo_universal|flask_security|flask_multipass"
_PHONE = r"\bsms\b|send_?sms|phone|twilio|vonage|nexmo|messagebird|plivo|sinch|mobile_?number|msisdn|\bsns\b"
_PHONE_LIBRARIES = r"twilio|vonage|nexmo|messagebird|plivo|sinch"
_MAIL = r"mail|smtp|imap|postmark|sendgrid|\bses\b"
_MAIL_LIBRARIES = (
    r"flask_mail|flask_mailman|flask_mailing|sendgrid|mailjet\w*|postmarker|redmail|yagmail|marrow|envelopes"
)
_FILES = r"\.files\b|FileStorage|FileField|upload|multipart|\.stream\b|get_data|request\.data|fileadmin|\btus\b"
_FILE_PAGES = r"type\s*=\s*[\"']?file|multipart/form-data|dropzone|filepond"
_FILE_LIBRARIES = r"flask_uploads|flask_reuploads|flask_dropzone|flask_fileadmin|flask_ckeditor"
_SERVED = r"send_file|send_from_directory|content-disposition|attachment|download"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """How a feature gives itself away; expressions ignore case.

    Attributes:
        label: As it stands after *no*.
        libraries: Names of modules, whole, that bring it.
        code: Looked for in the application's own Python code and in its routes.
        pages: Looked for in its templates.
        scripts: Looked for in its templates and its scripts.
    """

    label: str
    code: str
    libraries: str = ""
    pages: str = ""
    scripts: str = ""


FEATURES: dict[str, Feature] = {
    "archives": Feature(
        label="unpacking of archives",
        code=r"zipfile|tarfile|\bzip|\btar\b|gzip|zlib|bz2|lzma|zstd|brotli|\brar|7z|unpack|extractall|decompress",
        libraries=r"rarfile|py7zr|patoolib|libarchive|zipstream",
    ),
    "database": Feature(
        label="database",
        code=r"sql|cursor|\bdb\b|database|mongo|redis|dynamo|firestore|datastore|\borm\b|\.query\b|elastic|neo4j|influx",
        libraries=(
            r"sqlalchemy|flask_sqlalchemy|peewee|playhouse|pony|psycopg2?|pymysql|MySQLdb|asyncpg|pymongo|mongoengine|"
            r"flask_pymongo|pyodbc|oracledb|cx_Oracle|duckdb|tinydb|elasticsearch|neo4j|cassandra|redis|valkey|records|"
            r"tortoise|sqlmodel|dataset|flask_peewee|flask_mongoengine|apsw|plyvel|lmdb"
        ),
    ),
    "downloads": Feature(label="downloads or mail attachments", code=rf"{_SERVED}|{_MAIL}", libraries=_MAIL_LIBRARIES),
    "encryption": Feature(
        label="encryption of its own",
        code=r"crypt|cipher|\bAES\b|fernet|nacl|chacha|\bRSA\b|\bGCM\b|\bECB\b|\bpgp\b|gnupg|\bkms\b",
        libraries=r"cryptography|Crypto|Cryptodome|nacl|M2Crypto|pyaes|gnupg|jwcrypto|tink",
    ),
    "federation": Feature(
        label="login through another provider",
        code=rf"{_OAUTH}|{_SAML}|{_LDAP}|remote_user|x-forwarded-user|x-auth|federat|social|provider",
        libraries=rf"{_OAUTH_LIBRARIES}|{_SAML_LIBRARIES}|{_LDAP_LIBRARIES}|flask_multipass|flask_security|flask_user",
    ),
    "files": Feature(
        label="files that are read or written by name",
        code=rf"\bopen\(|\.save\(|write_(text|bytes)|read_(text|bytes)|shutil|pathlib|\bPath\(|<path:|os\.path|{_FILES}|{_SERVED}",
        pages=_FILE_PAGES,
        libraries=rf"{_FILE_LIBRARIES}|flask_admin|flask_autoindex|boto3|s3fs|fsspec",
    ),
    "graphql": Feature(
        label="GraphQL",
        code="graph_?i?ql|graphene|ariadne|strawberry",
        libraries=r"graphene\w*|graphql\w*|ariadne\w*|strawberry|flask_graphql|tartiflette",
        scripts="graphql",
    ),
    "java": Feature(
        label="bridge to Java",
        code=r"jndi|jpype|jnius|py4j|jaydebeapi|pyspark|java\.|javabridge",
        libraries=r"jpype|jnius|py4j|jaydebeapi|pyspark|javabridge|java",
    ),
    "latex": Feature(
        label="LaTeX", code=r"\w*latex|\w*xetex|\btex\b|pdftex|tectonic", libraries=r"pylatex|pdflatex|latex"
    ),
    "ldap": Feature(label="LDAP", code=_LDAP, libraries=_LDAP_LIBRARIES),
    "login": Feature(label="accounts", code=_LOGIN, libraries=_LOGIN_LIBRARIES, pages=_LOGIN_PAGES),
    "mail": Feature(label="mail", code=_MAIL, libraries=_MAIL_LIBRARIES),
    "memcache": Feature(
        label="memcache",
        code="memcache",
        libraries=r"memcache|pymemcache|pylibmc|bmemcached|emcache|aiomcache",
    ),
    "mfa": Feature(label="second factor", code=_MFA, libraries=_MFA_LIBRARIES, pages=_MFA),
    "native-code": Feature(
        label="native code of its own",
        code=r"\(compiled\)|ctypes|cffi|cython|pyximport|cdll|\.so\b|\.pyd\b|pybind|pyo3|numba",
    ),
    "oauth": Feature(
        label="OAuth",
        code=rf"{_OAUTH}|bearer|grant_type|client_secret",
        libraries=rf"{_OAUTH_LIBRARIES}|flask_security",
    ),
    "oauth-client": Feature(
        label="OAuth client",
        code=rf"{_OAUTH}|client_secret|google|github|facebook|microsoft|azure",
        libraries=rf"{_OAUTH_LIBRARIES}|flask_security",
    ),
    "oauth-server": Feature(
        label="OAuth server",
        code=rf"{_OAUTH}|authori[sz]ation_?(server|code)|grant_type|client_secret|authori[sz]e\b|/token\b",
        libraries=rf"{_OAUTH_LIBRARIES}|flask_oauth2?_?\w*",
    ),
    "one-time-codes": Feature(
        label="one-time codes",
        code=rf"{_MFA}|one_?-?time|magic|verif|confirm\w*_?(code|token|mail|link)|{_PHONE}|{_MAIL}|\bpush\b|\bcode\b",
        libraries=rf"{_MFA_LIBRARIES}|{_PHONE_LIBRARIES}|{_MAIL_LIBRARIES}",
        pages=_MFA,
    ),
    "outbound": Feature(
        label="requests to other servers",
        code=(
            r"requests\b(?!_)|httpx|urllib\.request|urllib import|urlopen|urllib3|http\.client|http import client|"
            r"aiohttp|pycurl|socket|ftp|grpc|boto|paramiko|feedparser|xmlrpc|zeep|webhook|niquests|treq|smtplib|scrap|sdk\b"
        ),
        libraries=(
            r"requests|httpx|urllib3|aiohttp|pycurl|grpc|boto3|botocore|paramiko|feedparser|zeep|niquests|treq|"
            r"selenium|playwright|scrapy|httplib2|stripe|openai"
        ),
    ),
    "passwords": Feature(
        label="passwords",
        code=_PASSWORDS,
        libraries=rf"{_HASHING_LIBRARIES}|flask_admin|flask_appbuilder",
        pages=r"type\s*=\s*[\"']?password|password",
    ),
    "phone": Feature(label="codes by telephone", code=_PHONE, libraries=_PHONE_LIBRARIES),
    "resource-server": Feature(
        label="API that takes OAuth tokens",
        code=rf"{_OAUTH}|bearer|jwt|scope|introspect|authorization",
        libraries=rf"{_OAUTH_LIBRARIES}|flask_jwt\w*|jwt|joserfc|jose",
    ),
    "rich-text": Feature(
        label="markup that users write",
        code=(
            r"markup|markdown|bbcode|wysiwyg|ckeditor|tinymce|quill|sanit|bleach|nh3|autoescape|rich_?text|mistune|"
            r"commonmark|docutils|\bhtml\b.*\b(request|form)|render_template_string|textile|body_html|content_html"
        ),
        pages=r"\|\s*(safe|markdown)\b|autoescape\s+false|ckeditor|tinymce|quill|contenteditable|wysiwyg|Markup",
        scripts=r"ckeditor|tinymce|quilljs|innerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|v-html",
        libraries=r"markdown\w*|mistune|commonmark|bleach|flask_ckeditor|flask_pagedown|flask_misaka|flaskext|docutils|textile",
    ),
    "saml": Feature(label="SAML", code=_SAML, libraries=_SAML_LIBRARIES),
    "svg": Feature(
        label="SVG images or uploads",
        code=rf"svg|{_FILES}",
        libraries=_FILE_LIBRARIES,
        pages=_FILE_PAGES,
    ),
    "tokens": Feature(
        label="tokens that carry data, or sessions",
        code=rf"jwt|jose|jws|jwe|paseto|macaroon|token|itsdangerous|signer|serializer|session|flash\(|{_OAUTH}|{_SAML}",
        pages=r"session|get_flashed_messages",
        libraries=(
            rf"jwt|jose|joserfc|jwcrypto|flask_jwt\w*|pyseto|paseto|flask_login|flask_security|flask_wtf|{_OAUTH_LIBRARIES}|"
            rf"{_SAML_LIBRARIES}"
        ),
    ),
    "uploads": Feature(
        label="uploads", code=_FILES, libraries=rf"{_FILE_LIBRARIES}|flask_admin|flask_appbuilder", pages=_FILE_PAGES
    ),
    "webrtc": Feature(
        label="WebRTC",
        code=r"webrtc|aiortc|\bsdp\b|\bturn_?server|coturn|\bice_?(candidate|server)|signal+ing",
        libraries=r"aiortc|aioice|livekit|janus\w*|pion",
        scripts=r"RTCPeerConnection|webrtc|peerjs|simple-peer",
    ),
    "websocket": Feature(
        label="WebSocket",
        code=r"web_?sockets?|\bwss?://|socket_?io|engineio|flask_sock\b|simple_websocket",
        libraries=(
            r"flask_sock|flask_sockets|flask_socketio|socketio|engineio|simple_websocket|geventwebsocket|websockets|wsproto"
        ),
        scripts=r"new WebSocket|socket\.io|\bwss?://",
    ),
    "xml": Feature(
        label="XML parser",
        code=rf"xml|etree|minidom|\bsax\b|expat|soap|zeep|\brss\b|\batom\b|feedparser|openpyxl|docx|xlsx|svg|gpx|{_SAML}",
        libraries=(
            r"lxml|defusedxml|xmltodict|zeep|openpyxl|docx|pptx|odf|feedparser|spyne|untangle|bs4|xmlsec|pysimplesoap|"
            rf"{_SAML_LIBRARIES}"
        ),
    ),
    "xpath": Feature(
        label="XPath",
        code=r"xpath|etree|lxml|parsel|xslt|\.find(all|text)\(",
        libraries=r"lxml|parsel|elementpath|scrapy",
    ),
}
"""By key, as ``requirements.tsv`` names them."""
