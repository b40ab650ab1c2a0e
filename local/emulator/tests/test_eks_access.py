"""Who gets into an EKS cluster: access entries for people, pod identity for pods. And add-ons."""

from __future__ import annotations

from typing import Any

from .test_eks_clusters import EksTest

ADMIN = "arn:aws:iam::123456789012:role/path/admin"
ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
TRINO_ROLE = "arn:aws:iam::123456789012:role/trino"


class AccessEntryTest(EksTest):
    def setUp(self) -> None:
        super().setUp()
        self.entry = {"clusterName": self.name, "principalArn": ADMIN}
        self.eks.create_access_entry(**self.entry)

    def test_an_entry_is_found_by_its_principal(self):
        described = self.eks.describe_access_entry(**self.entry)["accessEntry"]
        self.assertEqual((described["type"], described["username"]), ("STANDARD", ADMIN))
        self.assertEqual(self.eks.list_access_entries(clusterName=self.name)["accessEntries"], [ADMIN])

    def test_groups_are_changed_in_place(self):
        self.eks.update_access_entry(**self.entry, kubernetesGroups=["viewers"])
        self.assertEqual(self.eks.describe_access_entry(**self.entry)["accessEntry"]["kubernetesGroups"], ["viewers"])

    def test_fails_when_the_principal_has_an_entry(self):
        with self.assert_refused("ResourceInUseException"):
            self.eks.create_access_entry(**self.entry)

    def test_a_policy_is_associated_and_disassociated(self):
        self.eks.associate_access_policy(**self.entry, policyArn=ADMIN_POLICY, accessScope={"type": "cluster"})
        associated = self.eks.list_associated_access_policies(**self.entry)["associatedAccessPolicies"]
        self.assertEqual(
            [(each["policyArn"], each["accessScope"]["type"]) for each in associated], [(ADMIN_POLICY, "cluster")]
        )
        self.eks.disassociate_access_policy(**self.entry, policyArn=ADMIN_POLICY)
        self.assertEqual(self.eks.list_associated_access_policies(**self.entry)["associatedAccessPolicies"], [])

    def test_a_deleted_entry_is_gone(self):
        self.eks.delete_access_entry(**self.entry)
        with self.assert_refused("ResourceNotFoundException"):
            self.eks.describe_access_entry(**self.entry)


class PodIdentityTest(EksTest):
    def setUp(self) -> None:
        super().setUp()
        self.association = self.associate(namespace="trino", serviceAccount="trino")

    def associate(self, **subject: str) -> dict[str, Any]:
        made = self.eks.create_pod_identity_association(clusterName=self.name, roleArn=TRINO_ROLE, **subject)
        return made["association"]

    def find(self, **subject: str) -> list[dict[str, Any]]:
        return self.eks.list_pod_identity_associations(clusterName=self.name, **subject)["associations"]

    def test_an_association_is_found_by_its_service_account(self):
        self.associate(namespace="trino", serviceAccount="metastore")
        found = self.find(namespace="trino", serviceAccount="trino")
        self.assertEqual([each["associationId"] for each in found], [self.association["associationId"]])

    def test_the_role_is_changed_in_place(self):
        key = {"clusterName": self.name, "associationId": self.association["associationId"]}
        self.eks.update_pod_identity_association(**key, roleArn=ADMIN)
        self.assertEqual(self.eks.describe_pod_identity_association(**key)["association"]["roleArn"], ADMIN)

    def test_fails_when_the_service_account_has_a_role(self):
        with self.assert_refused("ResourceInUseException"):
            self.associate(namespace="trino", serviceAccount="trino")

    def test_a_deleted_association_is_gone(self):
        key = {"clusterName": self.name, "associationId": self.association["associationId"]}
        self.eks.delete_pod_identity_association(**key)
        with self.assert_refused("ResourceNotFoundException"):
            self.eks.describe_pod_identity_association(**key)


class AddonTest(EksTest):
    def setUp(self) -> None:
        super().setUp()
        self.addon = {"clusterName": self.name, "addonName": "vpc-cni"}
        self.eks.create_addon(**self.addon, addonVersion="v1.20.0-eksbuild.1", configurationValues='{"a": 1}')

    def describe_addon(self) -> dict[str, Any]:
        return self.eks.describe_addon(**self.addon)["addon"]

    def test_an_addon_is_active_with_what_was_chosen(self):
        described = self.describe_addon()
        chosen = (described["status"], described["addonVersion"], described["configurationValues"])
        self.assertEqual(chosen, ("ACTIVE", "v1.20.0-eksbuild.1", '{"a": 1}'))

    def test_a_new_version_keeps_the_configuration(self):
        self.eks.update_addon(**self.addon, addonVersion="v1.20.1-eksbuild.1")
        described = self.describe_addon()
        chosen = (described["addonVersion"], described["configurationValues"])
        self.assertEqual(chosen, ("v1.20.1-eksbuild.1", '{"a": 1}'))

    def test_an_addon_without_a_chosen_version_gets_the_default_of_the_cluster_version(self):
        made = self.eks.create_addon(clusterName=self.name, addonName="coredns")["addon"]
        told = self.eks.describe_addon_versions(addonName="coredns", kubernetesVersion="1.33")["addons"]
        self.assertEqual(made["addonVersion"], told[0]["addonVersions"][0]["addonVersion"])

    def test_versions_are_told_for_the_addon_and_kubernetes_version_asked_for(self):
        told = self.eks.describe_addon_versions(addonName="coredns", kubernetesVersion="1.34")["addons"]
        compatible = told[0]["addonVersions"][0]["compatibilities"][0]
        self.assertEqual((told[0]["addonName"], compatible["clusterVersion"]), ("coredns", "1.34"))

    def test_fails_when_the_addon_is_there(self):
        with self.assert_refused("ResourceInUseException"):
            self.eks.create_addon(**self.addon)

    def test_a_deleted_addon_is_gone(self):
        self.eks.delete_addon(**self.addon)
        with self.assert_refused("ResourceNotFoundException"):
            self.describe_addon()
