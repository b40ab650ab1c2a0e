"""Amazon EKS in full. moto's EKS drops access, upgrade and zonal-shift settings, and lacks add-ons, access entries and
pod identity; each of those makes the provider replace the cluster or fail.
"""

from . import access_entries, addons, clusters, node_groups, pod_identity, tags

ACTIONS = {
    **clusters.ACTIONS,
    **node_groups.ACTIONS,
    **addons.ACTIONS,
    **access_entries.ACTIONS,
    **pod_identity.ACTIONS,
    **tags.ACTIONS,
}
