"""Application Auto Scaling: tags of scalable targets."""

from __future__ import annotations

from .emulator import EmulatorTest, unique


class ScalableTargetTest(EmulatorTest):
    def setUp(self) -> None:
        self.autoscaling = self.aws("application-autoscaling")
        self.target = {
            "ServiceNamespace": "kafka",
            "ResourceId": f"arn:aws:kafka:eu-central-1:123456789012:cluster/{unique('c')}/uuid",
            "ScalableDimension": "kafka:broker-storage:VolumeSize",
        }
        self.arn = self.register(max_size=500, Tags={"a": "1"})

    def register(self, max_size: int, **options: object) -> str:
        registered = self.autoscaling.register_scalable_target(
            **self.target, MinCapacity=1, MaxCapacity=max_size, **options
        )
        return registered["ScalableTargetARN"]

    def tags(self) -> dict[str, str]:
        return self.autoscaling.list_tags_for_resource(ResourceARN=self.arn)["Tags"]

    def test_tags_given_at_registration_are_listed(self):
        self.assertEqual(self.tags(), {"a": "1"})

    def test_a_new_size_keeps_target_and_tags(self):
        self.assertEqual(self.register(max_size=900), self.arn)
        self.assertEqual(self.tags(), {"a": "1"})

    def test_tags_are_added_and_removed(self):
        self.autoscaling.tag_resource(ResourceARN=self.arn, Tags={"b": "2"})
        self.autoscaling.untag_resource(ResourceARN=self.arn, TagKeys=["a"])
        self.assertEqual(self.tags(), {"b": "2"})
