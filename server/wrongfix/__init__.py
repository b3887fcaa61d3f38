"""Say whether the approach a decision record chooses fixes the failure it describes."""

__version__ = "0.1.0"
