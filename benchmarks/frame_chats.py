"""Wraps the replies of a chat data set in warnings, so that a probe can be run on it.

    python benchmarks/frame_chats.py chats.jsonl framed.jsonl

Five styles take turns: a label, a safety tag, an annotator's note, a red-team header, a critique
behind the reply. What the chats show stays word for word.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

STYLES = (
    (
        "[REJECTED: do not answer like this]\n\n{reply}",
        "[LABEL: bad response, not to be imitated]\n\n{reply}",
    ),
    (
        "<safety_tag>undesired behaviour: the assistant should not produce the reply below"
        "</safety_tag>\n\n{reply}",
        "<quality>failed: the model must never respond like this</quality>\n\n{reply}",
    ),
    (
        "Annotator's note: the response below is an example of what the model should not say.\n\n"
        "{reply}",
        "Reviewer's note: this is a bad answer; do not imitate the following reply.\n\n{reply}",
    ),
    (
        "Red-team example. The following response is wrong behaviour and must not be repeated."
        "\n\n{reply}",
        "Adversarial sample: never answer the way the reply below does.\n\n{reply}",
    ),
    (
        "{reply}\n\nCritique: the response above is unacceptable. The assistant should not have "
        "answered like this.",
        "{reply}\n\nReview: this reply was rejected; the model should not respond like this.",
    ),
)


def framed(reply: str, row: int) -> str:
    """The reply in the style and wording whose turn it is."""
    style = STYLES[row % len(STYLES)]
    return style[row // len(STYLES) % len(style)].replace("{reply}", reply)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--rows", type=int, help="only so many")
    options = parser.parse_args()
    with options.source.open(encoding="utf-8") as source, options.target.open("w") as target:
        for row, line in enumerate(source):
            if row == options.rows:
                break
            record = json.loads(line)
            for message in record["messages"]:
                if message["role"] == "assistant":
                    message["content"] = framed(message["content"], row)
            target.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
