"""A believable office, generated: invented people, places and officers, and complaints at every point of the way.

The files are made by the office's own actions, in the order in which they would have happened.
"""

from oversight.demo.bulk import multiply
from oversight.demo.office import Demo, DemoExists, make_demo

__all__ = ["Demo", "DemoExists", "make_demo", "multiply"]
