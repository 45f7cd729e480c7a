import logging

import paramiko

log = logging.getLogger("walls")
COMMANDS = {"restart-player": "sudo systemctl restart player", "status": "systemctl is-active player"}


class NotingPolicy(paramiko.MissingHostKeyPolicy):
    """Writes the key of a wall we meet for the first time into the log."""

    def missing_host_key(self, client, hostname, key):
        log.warning("first meeting with %s, its key is %s", hostname, key.get_base64())


class Wall:
    def __init__(self, host, password):
        self.host = host
        self.password = password

    def _client(self):
        client = paramiko.SSHClient()
        client.load_system_host_keys()
        client.set_missing_host_key_policy(NotingPolicy())  # <- weak
        client.connect(self.host, username="signage", password=self.password, timeout=5)
        return client

    def run(self, action):
        client = self._client()
        try:
            _, output, _ = client.exec_command(COMMANDS[action], timeout=10)
            return output.channel.recv_exit_status()
        finally:
            client.close()
