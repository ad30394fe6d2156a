using System;
using System.Threading;

namespace Dsl.Runtime;

/// <content>Going on from a prompt.</content>
public abstract partial class NetworkProgram
{
    private TokenGenerator? idleGenerator;

    /// <summary>Ids that follow a prompt.</summary>
    /// <param name="prompt">At least one id.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <returns>The new ids, without the prompt and without the one that ends them.</returns>
    /// <exception cref="ArgumentException">The prompt is empty or longer than the network's steps, or an id or an option is out of range.</exception>
    public int[] Generate(ReadOnlySpan<int> prompt, GenerateOptions? options) => Generate(prompt, 1, options)[0];

    /// <summary>Ids that follow a prompt, as they come.</summary>
    /// <param name="prompt">At least one id.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="take">Gets each new id; false ends. The id that ends a sequence does not get here.</param>
    /// <exception cref="ArgumentException">The prompt is empty or longer than the network's steps, or an id or an option is out of range.</exception>
    public void Generate(ReadOnlySpan<int> prompt, GenerateOptions? options, Func<int, bool> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        options ??= new GenerateOptions();
        int steps = StepsBehind(prompt, options);
        TokenGenerator generator = RentGenerator(1);
        generator.Run(prompt, options, steps, take);
        Return(generator);
    }

    /// <summary>Several sequences that follow a prompt, side by side: each draws its own random numbers.</summary>
    /// <param name="prompt">At least one id.</param>
    /// <param name="sequences">How many, at least 1.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <returns>The new ids of each, without the prompt and without the one that ends them.</returns>
    /// <exception cref="ArgumentException">The prompt is empty or longer than the network's steps, or an id or an option is out of range.</exception>
    public int[][] Generate(ReadOnlySpan<int> prompt, int sequences, GenerateOptions? options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sequences);
        options ??= new GenerateOptions();
        int steps = StepsBehind(prompt, options);
        TokenGenerator generator = RentGenerator(sequences);
        generator.Run(prompt, options, steps, null);
        int[][] made = new int[sequences][];
        for (int i = 0; i < sequences; i++)
            made[i] = generator.Made(i);
        Return(generator);
        return made;
    }

    /// <summary>Steps that a run over a prompt has room for; 0 where there is no such run.</summary>
    internal int PromptSteps => PromptEntry < 0 ? 0 : Info.Inputs[0].Size;

    /// <summary>Starts a run over a part of a prompt: ids with some behind them that are not looked at, and how many of each sample are.</summary>
    /// <param name="state">From <see cref="NewSteps"/>; it goes on from there.</param>
    internal ProgramRun StartPrompt(CarriedState state) => new(this, PromptEntry, training: false, state);

    /// <summary>Frees what is kept for the next call.</summary>
    private protected void FreeGenerator() => Interlocked.Exchange(ref idleGenerator, null)?.Dispose();

    /// <summary>How many new ids are wanted, and fit behind the prompt.</summary>
    private int StepsBehind(ReadOnlySpan<int> prompt, GenerateOptions options)
    {
        ThrowIfDisposed();
        int vocabulary = Info.Inputs[0].Vocabulary;
        options.Check(Info.Name, vocabulary);
        if (prompt.IsEmpty)
            throw new ArgumentException($"{Info.Name}: a prompt needs at least one id, such as the one that starts a sequence, but none was given.", nameof(prompt));
        for (int i = 0; i < prompt.Length; i++)
        {
            if ((uint)prompt[i] >= (uint)vocabulary)
                throw new ArgumentOutOfRangeException(nameof(prompt), $"{Info.Name}: id {i} of the prompt is {prompt[i]}, but the vocabulary is {vocabulary}: ids run from 0 to {vocabulary - 1}.");
        }

        int context = Info.EntryPoints[NextEntry].Context;
        if (context == 0)
        {
            return options.Steps > 0
                ? options.Steps
                : throw new ArgumentOutOfRangeException(nameof(options), $"{Info.Name} has no limit of steps, so Steps of GenerateOptions is wanted.");
        }

        if (prompt.Length > context)
            throw new ArgumentException($"{Info.Name} has {context} steps, but the prompt has {prompt.Length} ids.", nameof(prompt));
        int room = context - prompt.Length + 1;
        if (options.Steps > room)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), $"{Info.Name} has {context} steps: behind a prompt of {prompt.Length} ids there is room for {room} new ones, but Steps is {options.Steps}.");
        }

        return options.Steps == 0 ? room : options.Steps;
    }

    private TokenGenerator RentGenerator(int sequences)
    {
        TokenGenerator? idle = Interlocked.Exchange(ref idleGenerator, null);
        if (idle?.Sequences == sequences)
            return idle;
        idle?.Dispose();
        return new TokenGenerator(this, sequences);
    }

    // One that an exception has left behind is found by the collector.
    private void Return(TokenGenerator generator)
    {
        Interlocked.Exchange(ref idleGenerator, generator)?.Dispose();
        if (IsDisposed)
            FreeGenerator();
    }
}
