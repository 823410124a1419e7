"""Chat templates in the manner of those that models ship with: thoughts, tools, results."""

from __future__ import annotations

import copy
from typing import Any

# Turns in ChatML; calls as JSON in tags; thoughts only behind the last question, taken out of
# the content where they stand in it.
THINKING = """\
{%- if tools %}<|im_start|>system
{% if messages[0].role == 'system' %}{{ messages[0].content }}

{% endif %}You may call:
{% for tool in tools %}{{ tool | tojson }}
{% endfor %}<|im_end|>
{% elif messages[0].role == 'system' %}<|im_start|>system
{{ messages[0].content }}<|im_end|>
{% endif %}
{%- set asked = namespace(last=-1) %}
{%- for m in messages %}
{%- if m.role == 'user' and not m.content.startswith('<tool_response>') %}
{%- set asked.last = loop.index0 %}{% endif %}
{%- endfor %}
{%- for m in messages %}
{%- set content = m.content if m.content is string else '' %}
{%- if m.role == 'assistant' %}
{%- set thought = '' %}
{%- if m.reasoning_content is string %}{% set thought = m.reasoning_content %}
{%- elif '</think>' in content %}
{%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
{%- set content = content.split('</think>')[-1].lstrip('\\n') %}
{%- endif %}<|im_start|>assistant
{% if loop.index0 > asked.last and (loop.last or thought) %}<think>
{{ thought.strip('\\n') }}
</think>

{{ content.lstrip('\\n') }}{% else %}{{ content }}{% endif %}
{%- for call in m.tool_calls or [] %}
{%- set call = call.function or call %}
{{- '\\n' if not loop.first or content }}<tool_call>
{"name": "{{ call.name }}", "arguments": {{ call.arguments if call.arguments is string else
call.arguments | tojson }}}
</tool_call>{% endfor %}<|im_end|>
{% elif m.role == 'tool' %}
{%- if loop.first or messages[loop.index0 - 1].role != 'tool' %}<|im_start|>user{% endif %}
<tool_response>
{{ content }}
</tool_response>
{%- if loop.last or messages[loop.index0 + 1].role != 'tool' %}<|im_end|>
{% endif %}
{%- elif not (m.role == 'system' and loop.first) %}<|im_start|>{{ m.role }}
{{ content }}<|im_end|>
{% endif %}
{%- endfor %}
{%- if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""

# Headers of special tokens; one bare JSON call in a turn of its own; results and arguments as JSON.
HEADED = """\
{{- '<s>' }}
{%- for m in messages %}
{%- if m.tool_calls %}
{%- if m.tool_calls | length != 1 %}{{ raise_exception('one call in a turn') }}{% endif %}
{%- set call = m.tool_calls[0].function %}<head>assistant</head>

{"name": "{{ call.name }}", "parameters": {{ call.arguments | tojson }}}<eot>
{%- elif m.role in ['tool', 'ipython'] %}<head>ipython</head>

{{ m.content | tojson }}<eot>
{%- else %}<head>{{ m.role }}</head>

{{ m.content | trim }}<eot>
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}<head>assistant</head>

{% endif %}"""

# ChatML as it is, with a prompt.
PLAIN = """\
{% for m in messages %}<|im_start|>{{ m.role }}
{{ m.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""

# No line between turns; thoughts are dropped from every answer, and the prompt begins them.
DROPPING = """\
{%- for m in messages %}
{%- if m.role == 'user' %}<|user|>{{ m.content }}
{%- elif m.role == 'assistant' %}<|assistant|>
{%- for call in m.tool_calls or [] %}<call>{{ call.function.name }}
```json
{{ call.function.arguments }}
```</call>{% endfor %}
{%- if m.content %}{{ m.content.split('</think>')[-1] }}{% endif %}<eos>
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}<|assistant|><think>
{% endif %}"""


def written_with(tokenizer: Any, template: str) -> Any:
    """The tokenizer with another template, and the special tokens that templates here write."""
    made = copy.deepcopy(tokenizer)
    made.add_tokens(["<think>", "</think>", "<tool_call>", "</tool_call>"])
    made.add_tokens(
        ["<head>", "</head>", "<eot>", "<|user|>", "<|assistant|>"], special_tokens=True
    )
    made.chat_template = template
    return made
