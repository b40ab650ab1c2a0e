"""AWS Backup in full. moto has vaults and plans without tags, and nothing of selections, vault policies, notifications
and restore testing.
"""

from . import plans, restore_testing, tags, vaults

ACTIONS = {**vaults.ACTIONS, **plans.ACTIONS, **restore_testing.ACTIONS, **tags.ACTIONS}
