"""Imported before numpy is: how many threads it may calculate with is read once.

Each processor has a worker with tests of its own. Threads of numpy that waited for each other, spinning, took a third
of all processor time.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the processes that tests start as well
