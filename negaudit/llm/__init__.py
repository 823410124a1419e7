"""Asks a language model: any OpenAI-compatible endpoint, or a local transformers model."""

from negaudit.llm.options import LlmOptions, llm_options

__all__ = ["LlmOptions", "llm_options"]
