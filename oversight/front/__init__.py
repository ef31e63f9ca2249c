"""Pages about nothing in particular: home, help, the language switch, health, and the pages for errors."""
