using Dsl;

namespace Sentiment;

/// <summary>Reads a sentence: one score, positive where the sentence speaks well of its film.</summary>
[Model, Tokens(ReviewSentences.MostWords, Vocabulary = Vocabulary.Size, Padding = Vocabulary.Padding)]
[Embedding(48), Dropout(0.5), LSTM(64, Bidirectional = true), GlobalMaxPool1d, Dropout(0.5), Linear(1)]
[BinaryCrossEntropy, AdamW(4e-3, WeightDecay = 0.02, ClipNorm = 1), Cosine(WarmupSteps = 100)]
public partial class SentimentNet;

/// <summary>The same layers without dropout, to ask which way the score goes; it is not trained, it takes the weights of the other.</summary>
[Model, Tokens(ReviewSentences.MostWords, Vocabulary = Vocabulary.Size, Padding = Vocabulary.Padding)]
[Embedding(48), LSTM(64, Bidirectional = true), GlobalMaxPool1d, Linear(1)]
[BinaryCrossEntropy]
public partial class SentimentSlope;

/// <summary>The baseline, a bag of words: the mean of one weight a word, scaled and shifted.</summary>
[Model, Tokens(ReviewSentences.MostWords, Vocabulary = Vocabulary.Size, Padding = Vocabulary.Padding)]
[Embedding(1), GlobalAvgPool1d, Linear(1)]
[BinaryCrossEntropy, AdamW(1e-2, WeightDecay = 0.05)]
public partial class WordBag;
