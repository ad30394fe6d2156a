using Dsl.Pipelines.Tests.Text;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>A fact about sentences of film reviews, which lie beside the repository on the machines that build it.</summary>
public sealed class FactWithSentencesAttribute : FactAttribute
{
    /// <summary>Skips with the reason where they do not.</summary>
    public FactWithSentencesAttribute() => Skip = TextFigures.Sentences is null ? "There is no ../shared/data/text/sentence_polarity.zip beside the repository" : null;
}
