"""EC2 Image Builder."""

from __future__ import annotations

from typing import Any, Dict

from tests.support import PatchTest


class ImageBuilderTest(PatchTest):
    def setUp(self) -> None:
        self.builder = self.client("imagebuilder")

    def make_component(self, name: str = "nginx", version: str = "1.0.0") -> str:
        return self.builder.create_component(
            name=name, semanticVersion=version, platform="Linux", data="{}", clientToken="1"
        )["componentBuildVersionArn"]

    def make_recipe(self, component: str, name: str = "web") -> str:
        recipe = {"name": name, "semanticVersion": "1.0.0", "parentImage": "ami-1", "clientToken": "1"}
        return self.builder.create_image_recipe(**recipe, components=[{"componentArn": component}])["imageRecipeArn"]

    def make_infrastructure(self) -> str:
        return self.builder.create_infrastructure_configuration(
            name="web", instanceProfileName="builder", snsTopicArn="arn:aws:sns:us-east-1:1:t", clientToken="1"
        )["infrastructureConfigurationArn"]

    def test_component_comes_back_and_exists_once(self) -> None:
        """moto does not have the service."""
        arn = self.make_component("My_nginx")
        self.assertIn(":component/my-nginx/1.0.0/1", arn)
        found = self.builder.get_component(componentBuildVersionArn=arn)["component"]
        fields = ("name", "version", "data", "encrypted")
        self.assertEqual(("My_nginx", "1.0.0", "{}", True), tuple(found[field] for field in fields))
        self.assert_refused(
            "ResourceAlreadyExistsException",
            self.builder.create_component,
            **{"name": "My_nginx", "semanticVersion": "1.0.0", "platform": "Linux", "data": "{}", "clientToken": "2"},
        )

    def test_update_keeps_name_and_tags_and_drops_what_is_not_said(self) -> None:
        """A topic that is taken out must not come back in the next plan."""
        arn = self.make_infrastructure()
        self.builder.tag_resource(resourceArn=arn, tags={"a": "b", "c": "d"})
        self.builder.untag_resource(resourceArn=arn, tagKeys=["c"])
        name: Dict[str, Any] = {"infrastructureConfigurationArn": arn}
        self.builder.update_infrastructure_configuration(**name, instanceProfileName="other", clientToken="2")
        found = self.builder.get_infrastructure_configuration(**name)["infrastructureConfiguration"]
        self.assertEqual(("web", "other", {"a": "b"}), (found["name"], found["instanceProfileName"], found["tags"]))
        self.assertNotIn("snsTopicArn", found)
        self.assertEqual({"a": "b"}, self.builder.list_tags_for_resource(resourceArn=arn)["tags"])

    def test_what_is_used_cannot_be_deleted(self) -> None:
        """AWS refuses it, and so the order of a replacement matters."""
        component = self.make_component("used")
        recipe = self.make_recipe(component, "used")
        self.assert_refused(
            "ResourceDependencyException", self.builder.delete_component, componentBuildVersionArn=component
        )
        self.builder.delete_image_recipe(imageRecipeArn=recipe)
        self.builder.delete_component(componentBuildVersionArn=component)
        self.assert_refused("ResourceNotFoundException", self.builder.get_image_recipe, imageRecipeArn=recipe)
