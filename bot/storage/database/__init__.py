"""The database under the store: address, engine, schema, migrations, sealed values."""
