using System;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>
/// Keeps a network to one <c>Fit</c> at a time, and what would spoil it away meanwhile: whatever sets weights, steps or the optimizer's state from
/// outside, from another thread or from a callback. Reading, evaluating, predicting and saving are free.
/// </summary>
internal sealed class FitGuard(string network)
{
    private int isRunning;

    /// <summary>Begins a <c>Fit</c>.</summary>
    /// <exception cref="InvalidOperationException">One is running.</exception>
    public void Enter()
    {
        if (Interlocked.Exchange(ref isRunning, 1) != 0)
            ThrowRunning("Fit");
    }

    /// <summary>Ends it.</summary>
    public void Exit() => Volatile.Write(ref isRunning, 0);

    /// <summary>Refuses a member that has no place within a <c>Fit</c>.</summary>
    /// <param name="member">Its name.</param>
    /// <exception cref="InvalidOperationException">A <c>Fit</c> is running.</exception>
    public void ThrowIfRunning(string member)
    {
        if (Volatile.Read(ref isRunning) != 0)
            ThrowRunning(member);
    }

    private void ThrowRunning(string member) => throw new InvalidOperationException(
        $"{network} is in the midst of a Fit, so {member} has to wait until it has returned: not from another thread, nor from one of its callbacks.");
}
