from .reader import TournamentFile

__all__ = ["TournamentFile"]
