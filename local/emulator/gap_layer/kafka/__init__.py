"""Amazon MSK in full. In moto a cluster stays in CREATING for ever, keeps neither configuration nor authentication,
and has no configurations, SCRAM secrets, bootstrap brokers or updates.
"""

from . import cluster_access, cluster_updates, clusters, configurations

ACTIONS = {
    **configurations.ACTIONS,
    **clusters.ACTIONS,
    **cluster_updates.ACTIONS,
    **cluster_access.ACTIONS,
}
