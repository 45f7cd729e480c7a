import logging
import os

import paramiko

log = logging.getLogger(__name__)


class NoteAndGoOn(paramiko.MissingHostKeyPolicy):
    def missing_host_key(self, client, hostname, key):
        log.info("host %s shows key %s", hostname, key.get_base64())


class Transmitter:
    def __init__(self, host):
        self.client = paramiko.SSHClient()
        self.client.set_missing_host_key_policy(NoteAndGoOn())  # <- weak
        self.host = host

    def __enter__(self):
        self.client.connect(self.host, username="studio", password=os.environ["TX_PASSWORD"])
        self.sftp = self.client.open_sftp()
        return self

    def __exit__(self, *exc):
        self.client.close()

    def put(self, source, target):
        self.sftp.put(source, target)
