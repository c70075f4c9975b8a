"""Qt item models; generic, fed by callables."""
