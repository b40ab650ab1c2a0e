"""Vaults with their lock, access policy and notifications. They never hold a recovery point."""

from __future__ import annotations

from ..http import Document, Request
from ..state import now
from .state import Vault, arn_of, backup_of, found, refuse_existing, without_missing

SECONDS_PER_DAY = 86_400


def create_backup_vault(request: Request) -> Document:
    backup, name = backup_of(request), request.path_parameters["backupVaultName"]
    refuse_existing(backup.vaults.get(name), f"Backup vault with the same name already exists: {name}")
    vault = Vault(_description(request, name))
    backup.vaults[name] = vault
    backup.tags[vault.description["BackupVaultArn"]] = request.document.get("BackupVaultTags") or {}
    return {key: vault.description[key] for key in ("BackupVaultName", "BackupVaultArn", "CreationDate")}


def list_backup_vaults(request: Request) -> Document:
    return {"BackupVaultList": [vault.description for vault in backup_of(request).vaults.values()]}


def describe_backup_vault(request: Request) -> Document:
    return without_missing(_vault_of(request).description)


def delete_backup_vault(request: Request) -> Document:
    description = _vault_of(request).description
    del backup_of(request).vaults[description["BackupVaultName"]]
    del backup_of(request).tags[description["BackupVaultArn"]]
    return {}


def list_recovery_points_by_backup_vault(request: Request) -> Document:
    """Read by the provider before it deletes a vault with `force_destroy`."""
    _vault_of(request)
    return {"RecoveryPoints": []}


def put_backup_vault_lock_configuration(request: Request) -> Document:
    """With `ChangeableForDays` the lock becomes final (compliance mode) after that time, else it stays removable."""
    description, wanted = _vault_of(request).description, request.document
    days = wanted.get("ChangeableForDays")
    description.update(
        Locked=True,
        MinRetentionDays=wanted.get("MinRetentionDays"),
        MaxRetentionDays=wanted.get("MaxRetentionDays"),
        LockDate=now() + days * SECONDS_PER_DAY if days else None,
    )
    return {}


def delete_backup_vault_lock_configuration(request: Request) -> Document:
    _vault_of(request).description.update(Locked=False, MinRetentionDays=None, MaxRetentionDays=None, LockDate=None)
    return {}


def put_backup_vault_access_policy(request: Request) -> Document:
    _vault_of(request).policy = request.document["Policy"]
    return {}


def get_backup_vault_access_policy(request: Request) -> Document:
    vault = _vault_of(request)
    return {**_identity(vault), "Policy": found(vault.policy, "The vault has no access policy")}


def delete_backup_vault_access_policy(request: Request) -> Document:
    _vault_of(request).policy = None
    return {}


def put_backup_vault_notifications(request: Request) -> Document:
    wanted = request.document
    _vault_of(request).notifications = {name: wanted[name] for name in ("SNSTopicArn", "BackupVaultEvents")}
    return {}


def get_backup_vault_notifications(request: Request) -> Document:
    vault = _vault_of(request)
    return {**_identity(vault), **found(vault.notifications, "The vault has no notifications")}


def delete_backup_vault_notifications(request: Request) -> Document:
    _vault_of(request).notifications = None
    return {}


def _vault_of(request: Request) -> Vault:
    name = request.path_parameters["backupVaultName"]
    return found(backup_of(request).vaults.get(name), f"Backup vault {name} does not exist")


def _identity(vault: Vault) -> Document:
    return {name: vault.description[name] for name in ("BackupVaultName", "BackupVaultArn")}


def _description(request: Request, name: str) -> Document:
    return {
        "BackupVaultName": name,
        "BackupVaultArn": arn_of(request, "backup-vault", name),
        "VaultType": "BACKUP_VAULT",
        "VaultState": "AVAILABLE",
        "EncryptionKeyArn": request.document.get("EncryptionKeyArn"),
        "CreationDate": now(),
        "NumberOfRecoveryPoints": 0,
        "Locked": False,
    }


ACTIONS = {
    "CreateBackupVault": create_backup_vault,
    "ListBackupVaults": list_backup_vaults,
    "DescribeBackupVault": describe_backup_vault,
    "DeleteBackupVault": delete_backup_vault,
    "ListRecoveryPointsByBackupVault": list_recovery_points_by_backup_vault,
    "PutBackupVaultLockConfiguration": put_backup_vault_lock_configuration,
    "DeleteBackupVaultLockConfiguration": delete_backup_vault_lock_configuration,
    "PutBackupVaultAccessPolicy": put_backup_vault_access_policy,
    "GetBackupVaultAccessPolicy": get_backup_vault_access_policy,
    "DeleteBackupVaultAccessPolicy": delete_backup_vault_access_policy,
    "PutBackupVaultNotifications": put_backup_vault_notifications,
    "GetBackupVaultNotifications": get_backup_vault_notifications,
    "DeleteBackupVaultNotifications": delete_backup_vault_notifications,
}
