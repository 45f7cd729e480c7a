import subprocess
from dataclasses import dataclass, field


@dataclass
class ConvertJob:
    source: str
    tags: dict[str, str] = field(default_factory=dict)
    bitrate: int = 192

    @property
    def metadata(self):
        return " ".join(f'-metadata {key}="{value}"' for key, value in self.tags.items())

    @property
    def command(self):
        target = self.source.removesuffix(".wav") + ".mp3"
        return f"nice -n 10 ffmpeg -y -i {self.source} {self.metadata} -b:a {self.bitrate}k {target} 2>/dev/null"


def run_job(job):
    finished = subprocess.run(job.command, shell=True, timeout=120)  # <- weak
    return finished.returncode
