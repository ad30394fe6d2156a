using System;

namespace Dsl.Runtime;

/// <summary>
/// Goes on from a prompt an id at a time, on state that one run of a step leaves to the next: a network's work with one sequence or with several side by side. One call at a time;
/// kept by its network between calls, so that a second one allocates only what it gives.
/// </summary>
internal sealed class TokenGenerator : IDisposable
{
    // From this share of the network's steps on, one run over all of them is quicker than a run for each.
    private const int PromptShare = 3;

    private readonly NetworkProgram program;
    private readonly CarriedState state;
    private readonly TokenChoice choice;
    private readonly int vocabulary;
    private readonly int[] ids;
    private readonly int[] promptIds;
    private readonly int[] lengths;
    private readonly float[] logits;
    private readonly bool[] hasEnded;
    private readonly int[][] made;
    private readonly int[] counts;

    /// <summary>For so many sequences, which all have the same prompt.</summary>
    public TokenGenerator(NetworkProgram program, int sequences)
    {
        this.program = program;
        state = program.NewSteps(sequences);
        vocabulary = program.Info.Inputs[0].Vocabulary;
        choice = new TokenChoice(vocabulary);
        ids = new int[sequences];
        promptIds = new int[sequences * program.PromptSteps];
        lengths = new int[sequences];
        logits = new float[sequences * vocabulary];
        hasEnded = new bool[sequences];
        made = new int[sequences][];
        counts = new int[sequences];
        for (int i = 0; i < sequences; i++)
            made[i] = [];
    }

    /// <summary>How many there are side by side.</summary>
    public int Sequences => ids.Length;

    /// <summary>Makes new ids of each.</summary>
    /// <param name="prompt">Where they start, checked.</param>
    /// <param name="options">Checked ones.</param>
    /// <param name="steps">The most new ids.</param>
    /// <param name="take">Gets each id of one sequence as it comes; false ends. Null: all are kept for <see cref="Made"/>.</param>
    public void Run(ReadOnlySpan<int> prompt, GenerateOptions options, int steps, Func<int, bool>? take)
    {
        state.Reset();
        Array.Clear(hasEnded);
        Array.Clear(counts);
        for (int i = Read(prompt[..^1]); i < prompt.Length; i++)
        {
            Array.Fill(ids, prompt[i]);
            Step(reads: i == prompt.Length - 1);
        }

        for (int made = 0; made < steps; made++)
        {
            if (made > 0)
                Step(reads: true);
            if (!Choose(options, made, take))
                return;
        }
    }

    /// <summary>The new ids of a sequence.</summary>
    public int[] Made(int sequence) => made[sequence].AsSpan(0, counts[sequence]).ToArray();

    public void Dispose() => state.Dispose();

    /// <summary>Reads as much of a prompt as is worth it, many ids at a time.</summary>
    /// <returns>How many ids were read.</returns>
    private int Read(ReadOnlySpan<int> prompt)
    {
        int steps = program.PromptSteps;
        int done = 0;
        while (steps > 0 && done < prompt.Length && PromptShare * (prompt.Length - done) >= steps)
        {
            ReadOnlySpan<int> part = prompt.Slice(done, Math.Min(steps, prompt.Length - done));
            for (int i = 0; i < Sequences; i++)
                part.CopyTo(promptIds.AsSpan(i * steps));
            Array.Fill(lengths, part.Length);
            state.RunSteps = part.Length;
            using (ProgramRun run = program.StartPrompt(state))
            {
                run.Input(0, promptIds);
                run.Input(1, lengths);
                run.Execute();
            }

            done += part.Length;
        }

        state.RunSteps = 1;
        return done;
    }

    private void Step(bool reads)
    {
        using ProgramRun run = program.StartStep(state);
        run.Input(0, ids);
        run.Execute();
        if (reads)
            run.Output(0, logits);
    }

    /// <summary>The next id of each sequence that goes on; false when none does.</summary>
    private bool Choose(GenerateOptions options, int number, Func<int, bool>? take)
    {
        bool goesOn = false;
        for (int i = 0; i < ids.Length; i++)
        {
            if (hasEnded[i])
                continue;
            ReadOnlySpan<float> scores = logits.AsSpan(i * vocabulary, vocabulary);
            CheckFinite(scores, number);
            double uniform = Philox.Bits(options.Seed, Philox.Stream(RandomPurpose.Generation, (ulong)i), (ulong)number) / 4294967296.0;
            int id = choice.Choose(scores, options, uniform);
            ids[i] = id;
            hasEnded[i] = id == options.StopId || (take is null ? !Keep(i, id) : !take(id));
            goesOn |= !hasEnded[i];
        }

        return goesOn;
    }

    private bool Keep(int sequence, int id)
    {
        int count = counts[sequence]++;
        if (count == made[sequence].Length)
            Array.Resize(ref made[sequence], Math.Max(64, 2 * count));
        made[sequence][count] = id;
        return true;
    }

    private void CheckFinite(ReadOnlySpan<float> scores, int number)
    {
        foreach (float score in scores)
        {
            if (!float.IsFinite(score))
                throw new InvalidOperationException($"{program.Info.Name}: the logits of new id {number} are not all finite, so none can be chosen.");
        }
    }
}
