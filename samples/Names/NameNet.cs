using Dsl;

namespace Names;

/// <summary>A causal transformer over characters: at each step logits for the next one.</summary>
[Model]
[Tokens(NameText.Steps, Vocabulary = NameText.Characters, Padding = NameText.Mark)]
[Embedding(64), PositionalEmbedding]
[TransformerEncoderLayer(4, 192, Causal = true, Dropout = 0.1)]
[TransformerEncoderLayer(4, 192, Causal = true, Dropout = 0.1)]
[TransformerEncoderLayer(4, 192, Causal = true, Dropout = 0.1)]
[LayerNorm, Linear(NameText.Characters)]
[CrossEntropy, AdamW(3e-3, ClipNorm = 1), OneCycle(3e-3)]
public partial class NameNet;
