"""The embedded AWS emulator: moto's server, and in front of it a layer that fills moto's gaps."""
