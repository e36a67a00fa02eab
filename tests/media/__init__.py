"""A headless participant and stand-ins for AWS, for the media server's tests and load."""
