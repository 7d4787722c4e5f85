"""EC2 Auto Scaling: groups, notifications, scaling policies, lifecycle hooks and instance refreshes."""
