"""Request and response shapes of the HTTP API: the one source of the OpenAPI document and the TypeScript types."""
