"""People who sign in: who they are, the roles they hold, and what that lets them open."""
