"""KMS: the rotation period."""

from __future__ import annotations

from typing import Any

from .emulator import EmulatorTest


class RotationTest(EmulatorTest):
    def setUp(self) -> None:
        self.kms = self.aws("kms")
        self.key = self.kms.create_key()["KeyMetadata"]

    def status(self) -> dict[str, Any]:
        return self.kms.get_key_rotation_status(KeyId=self.key["KeyId"])

    def test_the_period_is_read_back(self):
        self.kms.enable_key_rotation(KeyId=self.key["Arn"], RotationPeriodInDays=180)
        self.assertEqual((self.status()["KeyRotationEnabled"], self.status()["RotationPeriodInDays"]), (True, 180))

    def test_the_period_is_changed_in_place(self):
        for days in (180, 400):
            self.kms.enable_key_rotation(KeyId=self.key["KeyId"], RotationPeriodInDays=days)
        self.assertEqual(self.status()["RotationPeriodInDays"], 400)

    def test_without_a_choice_a_key_rotates_every_year(self):
        self.kms.enable_key_rotation(KeyId=self.key["KeyId"])
        self.assertEqual(self.status()["RotationPeriodInDays"], 365)

    def test_a_key_that_does_not_rotate_has_no_period(self):
        self.kms.enable_key_rotation(KeyId=self.key["KeyId"], RotationPeriodInDays=180)
        self.kms.disable_key_rotation(KeyId=self.key["KeyId"])
        self.assertFalse(self.status()["KeyRotationEnabled"])
        self.assertNotIn("RotationPeriodInDays", self.status())
