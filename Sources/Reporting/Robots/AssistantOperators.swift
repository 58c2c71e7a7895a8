/// Who runs the assistants that visits come from, by the names of sources (`Acquisition/SourceList`).
enum AssistantOperators {
  /// Returns the operator as the robots of language models name it; nil for a source that is no assistant's.
  static func `operator`(ofSource name: String) -> String? { operators[name] }

  /// Le Chat was Mistral before; what is stored keeps that name.
  private static let operators: [String: String] = [
    "ChatGPT": "OpenAI", "OpenAI": "OpenAI", "Claude": "Anthropic", "Copilot": "Microsoft", "Gemini": "Google",
    "NotebookLM": "Google",
    "Google AI Studio": "Google", "Perplexity": "Perplexity", "DeepSeek": "DeepSeek", "Grok": "xAI",
    "Mistral": "Mistral AI", "Le Chat": "Mistral AI", "Meta AI": "Meta", "You.com": "You.com", "Phind": "Phind",
    "HuggingChat": "Hugging Face", "Kimi": "Moonshot AI", "Qwen": "Alibaba", "Doubao": "ByteDance", "Cohere": "Cohere",
    "GLM": "Zhipu AI", "Ernie": "Baidu", "Yuanbao": "Tencent", "Hunyuan": "Tencent", "iAsk": "iAsk", "Andi": "Andi",
    "Liner": "Liner", "Duck.ai": "DuckDuckGo", "Genspark": "Genspark", "Alice AI": "Yandex", "Lumo": "Proton",
    "Kagi Assistant": "Kagi", "Poe": "Quora", "Pi.ai": "Inflection AI",
  ]
}
