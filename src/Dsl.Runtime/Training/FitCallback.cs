namespace Dsl;

/// <summary>What a user wants done during <c>Fit</c>; every method may be left out. They are called on the training thread.</summary>
public abstract class FitCallback
{
    /// <summary>Before the first epoch, after a checkpoint to resume from was read.</summary>
    /// <param name="fit">The running training.</param>
    public virtual void OnBegin(FitContext fit)
    {
    }

    /// <summary>Before an epoch, or the rest of one that is resumed.</summary>
    /// <param name="fit">The running training.</param>
    public virtual void OnEpochBegin(FitContext fit)
    {
    }

    /// <summary>
    /// After every step. On a backend with memory of its own nobody has looked yet whether the last steps could be applied, unless the callback asks for
    /// <see cref="FitContext.StepLoss"/>, for values of the network or for a checkpoint.
    /// </summary>
    /// <param name="fit">The running training.</param>
    public virtual void OnStepEnd(FitContext fit)
    {
    }

    /// <summary>After an epoch and its validation, before its checkpoint is written.</summary>
    /// <param name="fit">The running training.</param>
    /// <param name="record">The epoch's figures.</param>
    public virtual void OnEpochEnd(FitContext fit, EpochRecord record)
    {
    }

    /// <summary>After the last epoch, when the best weights are restored.</summary>
    /// <param name="fit">The running training.</param>
    /// <param name="history">What <c>Fit</c> will return.</param>
    public virtual void OnEnd(FitContext fit, History history)
    {
    }
}
