using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>What a stage or model has learnt: it does not change any more, any number of threads may use it.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
public interface IStageModel<TSelf>
    where TSelf : IStageModel<TSelf>
{
    /// <summary>What was learnt, in a line for a reader: <c>mean 43.9, 17.2; deviation 5.5, 2.0</c>.</summary>
    string Describe();

    /// <summary>Writes what was learnt into a pipeline's files.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void Write(StageWriter writer);

    /// <summary>Reads what <see cref="Write"/> wrote; a file that is no such thing is one error.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TSelf Read(StageReader reader);
}
