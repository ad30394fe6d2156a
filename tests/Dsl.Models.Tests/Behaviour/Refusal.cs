using System;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>Errors whose messages must name what was given and what is wanted.</summary>
internal static class Refusal
{
    public static void Says(Action action, params string[] words) => Says<ArgumentException>(action, words);

    public static void Says<TException>(Action action, params string[] words)
        where TException : Exception
    {
        TException error = Assert.ThrowsAny<TException>(action);
        foreach (string word in words)
            Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }
}
