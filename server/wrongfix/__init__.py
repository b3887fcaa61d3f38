"""wrongfix: does the approach a decision record chooses fix the failure it describes?"""

__version__ = "0.1.0"
