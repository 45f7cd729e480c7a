import hashlib
import json
import os
from pathlib import Path

import paramiko


class PinnedPolicy(paramiko.MissingHostKeyPolicy):
    def __init__(self):
        self.pins = json.loads(Path(os.environ["PUMP_PINS"]).read_text())

    def missing_host_key(self, client, hostname, key):
        shown = hashlib.sha256(key.asbytes()).hexdigest()
        if self.pins.get(hostname) != shown:
            raise paramiko.SSHException(f"{hostname} does not show the pinned key")
