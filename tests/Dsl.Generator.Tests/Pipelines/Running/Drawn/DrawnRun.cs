using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Dsl.Runtime;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <summary>A compiled pipeline, run: fitted, asked row by row and in batches, saved and loaded.</summary>
internal abstract class DrawnRun
{
    /// <summary>Everything about one pipeline that does not hold.</summary>
    public abstract IReadOnlyList<string> Check();

    /// <summary>It could be fitted at all.</summary>
    public abstract bool IsFitted { get; }

    public static DrawnRun Of(DrawnPipeline drawn, Assembly assembly, int seed)
    {
        Type row = assembly.GetType(drawn.Types.Make)!.GetMethod("Rows")!.ReturnType.GetElementType()!;
        Type output = assembly.GetType(drawn.Types.Run)!.GetMethod("Fit")!.ReturnType.GetNestedType("OutputRow", BindingFlags.Public | BindingFlags.NonPublic)!;
        return (DrawnRun)Activator.CreateInstance(typeof(DrawnRun<,>).MakeGenericType(row, output), drawn, assembly, seed)!;
    }
}

/// <inheritdoc/>
internal sealed class DrawnRun<TRow, TOutput>(DrawnPipeline drawn, Assembly assembly, int seed) : DrawnRun
    where TOutput : class
{
    private const int OddRows = 40;
    private const int Damages = 4;

    private static readonly string[] Cells =
        ["", "1", "2.5", "-3", "1e9", "1e999", "300", "true", "0", "x", "\"a b\"", "\"", "\"a\"\"b\"", "NA", "null", "1 2 3", "1 x", "2024-01-01", "2024-01-01T10:00:00", "Monday", "00:00:01", "é", "\u0000", "\r", "1,2"];

    private readonly Random random = new(seed);
    private readonly List<string> flaws = [];
    private readonly Type run = assembly.GetType(drawn.Types.Run)!;
    private readonly Dictionary<string, PropertyInfo> properties = typeof(TOutput).GetProperties().ToDictionary(property => property.Name);
    private readonly PipelineOptions options = new() { MaskingKey = [.. Enumerable.Range(0, 16).Select(i => (byte)(i * seed))], Seed = (ulong)(seed % 3) };

    /// <inheritdoc/>
    public override bool IsFitted => isFitted;

    private bool isFitted;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Check()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        int threads = Compute.Threads;
        try
        {
            Run(folder.FullName);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            flaws.Add($"threw {error}");
        }
        finally
        {
            Compute.Threads = threads;
            folder.Delete(true);
        }

        return flaws;
    }

    private void Run(string folder)
    {
        TRow[] rows = Rows(random.Next(12) == 0 && !drawn.IsForFew ? 2500 : random.Next(60, 140), odd: false);
        if (Fit(rows, 1, out string? refused) is not { } first)
        {
            if (!Refusals.IsKnown(refused!))
                flaws.Add("Fit: " + refused);
            _ = Fit(rows, 2, out string? again);
            Hold(refused == again, $"Fit with two threads: {again}");
            return;
        }

        isFitted = true;
        using (first)
        {
            using IPipeline<TRow, TOutput>? second = Fit(rows, 2, out refused);
            if (second is null)
            {
                flaws.Add("Fit with two threads: " + refused);
                return;
            }

            first.Save(Path.Combine(folder, "one"));
            second.Save(Path.Combine(folder, "two"));
            CompareFiles(Path.Combine(folder, "one"), Path.Combine(folder, "two"));
            TOutput?[] predicted = [.. rows.Select(row => first.Predict(row))];
            Compute.Threads = 2;
            Compare("Transform", predicted, [.. first.Transform(rows)], 1e-5);
            TOutput[] whole = [.. second.Transform(rows)];
            Compute.Threads = 1;
            Compare("one thread", whole, [.. second.Transform(rows)], 0);
            using (IPipeline<TRow, TOutput> loaded = Load(Path.Combine(folder, "one"), options))
            {
                Compare("loaded", predicted, [.. rows.Select(row => loaded.Predict(row))], 0);
                Hold(first.Summary() == loaded.Summary(), "another summary when loaded");
                loaded.Save(Path.Combine(folder, "again"));
                CompareFiles(Path.Combine(folder, "one"), Path.Combine(folder, "again"));
            }

            for (int i = 0; i < 3; i++)
                Hold(((string)Call("Explain", first, rows[i])!).Length > 0, "no way");
            CheckScores(first, rows);
            if (drawn.Points > 0)
                CheckTuning(folder, [.. rows.Take(90)]);
            CheckOdd(first, rows);
            CheckDamages(Path.Combine(folder, "one"));
            CheckFiles(Path.Combine(folder, "rows.csv"));
        }
    }

    private TRow[] Rows(int count, bool odd) => (TRow[])assembly.GetType(drawn.Types.Make)!.GetMethod("Rows")!.Invoke(null, [random.Next(), count, odd])!;

    private object? Call(string method, params object?[] arguments)
    {
        try
        {
            return run.GetMethod(method)!.Invoke(null, arguments);
        }
        catch (TargetInvocationException error)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error.InnerException!);
            throw;
        }
    }

    private IPipeline<TRow, TOutput> Load(string folder, PipelineOptions given) => (IPipeline<TRow, TOutput>)Call("Load", folder, given)!;

    private IPipeline<TRow, TOutput>? Fit(TRow[] rows, int threads, out string? refused)
    {
        Compute.Threads = threads;
        try
        {
            refused = null;
            return (IPipeline<TRow, TOutput>)Call("Fit", rows, options)!;
        }
        catch (PipelineException error)
        {
            refused = error.Message;
            return null;
        }
        finally
        {
            Compute.Threads = 1;
        }
    }

    private void Hold(bool holds, string flaw)
    {
        if (!holds)
            flaws.Add(flaw);
    }

    private void CompareFiles(string one, string two) => flaws.AddRange(Differences.OfFolders(one, two));

    private void Compare(string what, TOutput?[] predicted, TOutput?[] made, double loose)
    {
        TOutput?[] there = [.. predicted.Where(row => row is not null)];
        made = [.. made.Where(row => row is not null)];
        if (there.Length != made.Length)
        {
            flaws.Add($"{what}: {made.Length} rows, and {there.Length} by Predict");
            return;
        }

        for (int i = 0; i < there.Length; i++)
        {
            if (Difference(there[i]!, made[i]!, loose) is not { } difference)
                continue;
            flaws.Add($"{what}, row {i}: {difference}");
            return;
        }
    }

    private string? Difference(TOutput a, TOutput b, double loose)
    {
        foreach (PropertyInfo property in properties.Values)
        {
            if (Differences.Of(property.GetValue(a), property.GetValue(b), drawn.Loose.Contains(property.Name) ? loose : 0) is { } difference)
                return $"{property.Name}: {difference}";
        }

        return null;
    }

    /// <summary>Scores against what the output rows say.</summary>
    private void CheckScores(IPipeline<TRow, TOutput> pipeline, TRow[] rows)
    {
        object? scores = null;
        (_, string? refused, _) = Try(() =>
        {
            scores = Call("Scores", pipeline, rows);
            return null;
        });
        if (refused is not null && !Refusals.IsKnown(refused))
            flaws.Add("Evaluate: " + refused);
        if (scores is null)
            return;
        TOutput[] made = [.. pipeline.Transform(rows)];
        foreach ((string prediction, string label, string metric, string score) in drawn.Compared)
        {
            double[] all = [.. made.Select(row => (Of(row, label), Of(row, prediction))).Where(pair => !double.IsNaN(pair.Item1)).Select(pair => metric == "Mae" ? Math.Abs(pair.Item1 - pair.Item2) : pair.Item1 == pair.Item2 ? 1 : 0)];
            double scored = (double)scores.GetType().GetProperty(score)!.GetValue(scores)!;
            Hold(Math.Abs(all.Average() - scored) <= 1e-9 * (1 + Math.Abs(scored)), $"{score} {scored}, and {all.Average()} by rows");
        }
    }

    /// <summary>A tuning of any number of threads; and its best pipeline is what a fit of that point gives.</summary>
    private void CheckTuning(string folder, TRow[] rows)
    {
        (ITuple? one, string? refused) = Tune(rows, 1);
        (ITuple? two, string? refusedToo) = Tune(rows, 2);
        Hold(refused == refusedToo, $"Tune: {refused ?? "finds"} with one thread, {refusedToo ?? "finds"} with two");
        if (one is null || two is null)
            return;
        using IPipeline<TRow, TOutput> best = (IPipeline<TRow, TOutput>)one[3]!;
        using IPipeline<TRow, TOutput> alike = (IPipeline<TRow, TOutput>)two[3]!;
        Hold((string)one[0]! == (string)two[0]! && ((double[])one[1]!).SequenceEqual((double[])two[1]!), $"Tune:\n{one[0]}\nand with two threads\n{two[0]}");
        string[] folders = [.. new[] { "best", "alike", "point" }.Select(name => Path.Combine(folder, name))];
        best.Save(folders[0]);
        alike.Save(folders[1]);
        CompareFiles(folders[0], folders[1]);
        object[] made = (object[])Call("Point", one[2], rows, options, folders[2])!;
        foreach (string file in Directory.GetFiles(folders[0], "*.safetensors"))
            Hold(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folders[2], Path.GetFileName(file)))), $"Tune: {Path.GetFileName(file)} is not what a fit at the best point gives\n{one[0]}");
        TOutput[] ours = [.. best.Transform(rows)];
        Hold(ours.Length == made.Length, $"Tune: {ours.Length} rows, and {made.Length} of a fit at the best point");
        foreach (PropertyInfo property in properties.Values)
        {
            int at = Enumerable.Range(0, Math.Min(ours.Length, made.Length)).FirstOrDefault(i => Differences.Of(property.GetValue(ours[i]), made[i].GetType().GetProperty(property.Name)!.GetValue(made[i]), 0) is not null, -1);
            Hold(at < 0, $"Tune: row {at}, {property.Name} is not what a fit at the best point gives\n{one[0]}");
        }
    }

    private (ITuple? Found, string? Refused) Tune(TRow[] rows, int threads)
    {
        Compute.Threads = threads;
        try
        {
            return ((ITuple)Call("Tune", rows, options)!, null);
        }
        catch (PipelineException error)
        {
            return (null, error.Message);
        }
        finally
        {
            Compute.Threads = 1;
        }
    }

    private double Of(TOutput row, string column) => properties[column].GetValue(row) is { } value ? Convert.ToDouble(value, null) : double.NaN;

    /// <summary>Rows as none was before: what Predict says of each, a batch says too.</summary>
    private void CheckOdd(IPipeline<TRow, TOutput> pipeline, TRow[] rows)
    {
        TRow[] odd = Rows(OddRows, odd: true);
        bool isShown = false;
        for (int i = 0; i < odd.Length && flaws.Count < 3; i++)
        {
            TRow row = odd[i];
            (TOutput? predicted, string? refused, bool isOurs) = Try(() => pipeline.Predict(row));
            (TOutput? made, string? alike, bool isOurToo) = Try(() => pipeline.Transform([row]).SingleOrDefault());
            Hold(isOurs && isOurToo, $"odd row {i}: Predict {refused}; Transform {alike}");
            Hold((refused is null) == (alike is null) && (refused is null || IsSame(refused, alike!, 0)), $"odd row {i}: Predict {refused ?? "takes it"}; Transform {alike ?? "takes it"}");
            if (refused is null)
            {
                if (alike is null)
                    Compare($"odd row {i}", [predicted], [made], 1e-5);
                continue;
            }

            if (isShown)
                continue;
            isShown = true;
            int before = random.Next(rows.Length);
            int wanted = rows.Take(before).Count(one => pipeline.Predict(one) is not null);
            int given = 0;
            (_, string? late, _) = Try(() =>
            {
                foreach (TOutput _ in pipeline.Transform([.. rows.Take(before), row, .. rows.Skip(before)]))
                    given++;
                return null;
            });
            Hold(late is not null && IsSame(refused, late, before) && given == wanted, $"odd row {i} as row {before}: {given} rows of {wanted}, then {late}; alone {refused}");
        }

        // Whatever they are, Fit takes them or says what is wrong with them.
        Fit(odd, 1, out _)?.Dispose();
    }

    // A vector of another size is seen beside its neighbours in a batch, and alone by the stage that reads it.
    private static bool IsSame(string alone, string among, int row) =>
        $"Row {row}: {alone}" == among || (among.StartsWith($"Row {row}: ", StringComparison.Ordinal) && alone.Contains(" element", StringComparison.Ordinal));

    private static (TOutput? Made, string? Refused, bool IsOurs) Try(Func<TOutput?> make)
    {
        try
        {
            return (make(), null, true);
        }
        catch (PipelineException error)
        {
            return (null, error.Message, true);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return (null, error.ToString(), false);
        }
    }

    /// <summary>A folder that was changed is refused, and nothing else happens.</summary>
    private void CheckDamages(string folder)
    {
        for (int i = 0; i < Damages; i++)
        {
            string[] files = Directory.GetFiles(folder);
            string file = files[random.Next(files.Length)];
            byte[] content = File.ReadAllBytes(file);
            byte[] damaged = Damaged(content);
            if (damaged.AsSpan().SequenceEqual(content))
                continue;
            File.WriteAllBytes(file, damaged);
            try
            {
                Load(folder, options).Dispose();
                flaws.Add($"takes a damaged {Path.GetFileName(file)}");
            }
            catch (InvalidDataException)
            {
            }

            File.WriteAllBytes(file, content);
        }
    }

    /// <summary>Whatever stands in a file of rows, it gives rows or one error that says where and what.</summary>
    private void CheckFiles(string path)
    {
        for (int i = 0; i < Damages && drawn.Header.Length > 0; i++)
        {
            IEnumerable<string> lines = Enumerable.Range(0, random.Next(6)).Select(_ => string.Join(',', drawn.Header.Select(_ => Cells[random.Next(Cells.Length)])));
            string text = string.Join('\n', lines.Prepend(string.Join(',', drawn.Header.Select(name => random.Next(40) == 0 ? name + "x" : name))));
            File.WriteAllText(path, random.Next(3) == 0 ? text.Remove(random.Next(text.Length)) : text);
            try
            {
                _ = Call("Read", path);
            }
            catch (CsvException error)
            {
                Hold(error.File == path && error.Line is >= 1 and < 8 && error.Message.Contains(path, StringComparison.Ordinal) && error.Text is not null && error.Wanted.Length > 0, $"CSV: {error.Message}");
            }
        }
    }

    private byte[] Damaged(byte[] content)
    {
        byte[] changed = [.. content];
        switch (random.Next(4))
        {
            case 0:
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                return changed;
            case 1:
                return changed[..random.Next(changed.Length)];
            case 2:
                int at = random.Next(changed.Length);
                return [.. changed[..at], (byte)random.Next(256), .. changed[at..]];
            default:
                random.NextBytes(changed.AsSpan(random.Next(changed.Length)));
                return changed;
        }
    }
}
