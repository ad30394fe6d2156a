using Dsl;

namespace Dates;

/// <summary>
/// Reads a date as somebody has written it and writes it as 2021-03-03: an encoder over the characters given, a decoder over those written so far, which asks the encoder's
/// steps by attention.
/// </summary>
[Model]
[Tokens(DateText.Longest, Vocabulary = DateText.Characters, Padding = DateText.Padding, Name = "Given")]
[Tokens(DateText.Written, Vocabulary = DateText.Digits, Name = "Written")]
[Embedding(64, From = "Given"), PositionalEmbedding]
[TransformerEncoderLayer(4, 128, Dropout = 0), TransformerEncoderLayer(4, 128, Dropout = 0), LayerNorm(Name = "Read")]
[Embedding(64, From = "Written"), PositionalEmbedding, TransformerEncoderLayer(4, 128, Causal = true, Dropout = 0, Name = "Sofar")]
[LayerNorm, MultiheadAttention(4, KeyValue = "Read"), Add("Sofar", Name = "Asked")]
[LayerNorm, Linear(128), GELU, Linear(64), Add("Asked"), LayerNorm, Linear(DateText.Digits)]
[CrossEntropy, AdamW(2e-3, ClipNorm = 1), OneCycle(2e-3)]
public partial class DateNet;
