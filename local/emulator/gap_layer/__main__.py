"""`python -m gap_layer --port P [--log FILE]`"""

from __future__ import annotations

import argparse
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

MOTO_SETTINGS = {
    # Without AWS's own policies every attachment of one fails with NoSuchEntity.
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
}


def main() -> None:
    arguments = _arguments()
    os.environ.update(MOTO_SETTINGS)
    from .request_log import RequestLog
    from .server import start_server  # moto reads its settings when it is imported

    log_file = Path(arguments.log).open("a", encoding="utf-8") if arguments.log else None
    server = start_server(arguments.port, RequestLog(log_file))
    with suppress(KeyboardInterrupt):
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        print(f"ready on http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m gap_layer", description="An AWS emulator on 127.0.0.1.")
    parser.add_argument("--port", type=int, required=True, help="0 takes a free port; the ready line names it")
    parser.add_argument("--log", help="append one JSON line per request to this file")
    return parser.parse_args()


def _stop(_number: int, _frame: Any) -> None:
    """Leaves the server's loop from wherever it is, as Ctrl-C does by default."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
