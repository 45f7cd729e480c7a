"""Keys of SSH hosts."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

RULE = "transport.ssh-host-keys"

FOUND = [
    """
import paramiko
c = paramiko.SSHClient()
c.set_missing_host_key_policy(paramiko.AutoAddPolicy())  # found
c.connect('h')
""",
    """
import subprocess
subprocess.run(['ssh', '-o', 'StrictHostKeyChecking=no', 'h'])  # found
""",
]
SAFE = [
    """
import paramiko
c = paramiko.SSHClient()
c.load_system_host_keys()
c.set_missing_host_key_policy(paramiko.RejectPolicy())
c.connect('h')
""",
    """
import subprocess
subprocess.run(['ssh', '-o', 'StrictHostKeyChecking=yes', 'h'])
""",
]


@pytest.mark.parametrize("code", FOUND)
def test_found(code: str) -> None:
    assert [line for line, _ in findings_in(code, RULE)] == marked(code)


@pytest.mark.parametrize("code", SAFE)
def test_safe(code: str) -> None:
    assert findings_in(code, RULE) == []
