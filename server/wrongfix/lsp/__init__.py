"""The language server: the edge between the engine and an editor; nothing below it knows the protocol."""
