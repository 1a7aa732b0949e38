"""How each type of the templates is created: a small file a service, a function a type."""
