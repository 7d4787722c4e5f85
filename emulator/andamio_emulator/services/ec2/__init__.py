"""EC2: instances and their disks, images, launch templates, networks, and settings of an account in a region."""
