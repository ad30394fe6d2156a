using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Runtime.Tests;

/// <summary>Whatever stands in a checkpoint's metadata: it is read with legal figures, or refused with the network as it was.</summary>
public sealed class CheckpointDamageTests : IDisposable
{
    private static readonly string[] Values =
    [
        "", " ", "-", "NaN", "-NaN", "Infinity", "-Infinity", "∞", "-1", "-0", "0", "1", "2", "3", "4", "0.5", "1e-400", "1e400", "1e39", "-1e300", "2147483647", "2147483648",
        "4611686018427387904", "4611686018427387905", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615", "18446744073709551616",
        "0x10", "1_000", "1,000", "١", "dsl-checkpoint-1", "SGD", "Adam", "1 2 - - - 0.1 0.1", "1 2 - - - 0.1 0.1;2 1 - - - 0.1 0.1", "1 NaN 2 - - 0.1 0.1",
        "2 1 - - - 0.1 0.1", "1 1 - - - NaN 0.1", "1 1 - - - 0.1 -1", ";;;;", "1 2", new string('9', 100_000),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-damage").FullName;
    private readonly string _path;
    private readonly Dictionary<string, string> _good;
    private readonly INamedTensor[] _tensors;

    public CheckpointDamageTests()
    {
        _path = Path.Combine(_folder, "checkpoint");
        Trainer.Fit(new SoftmaxRegression(), SoftmaxRegression.Data(20), Options(2, checkpoint: _path, resume: null), null, default);
        _good = new(Safetensors.ReadHeader(_path).Metadata);
        _tensors = TensorsOf(_path);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>All tensors of a file.</summary>
    internal static INamedTensor[] TensorsOf(string path)
    {
        INamedTensor[] tensors = [.. Safetensors.ReadHeader(path).Tensors.Select(entry =>
        {
            int[] shape = [.. entry.Shape.ToArray().Select(size => (int)size)];
            return new ArrayTensor(entry.Name, shape, new float[shape.Aggregate(1, (a, b) => a * b)]);
        })];
        Safetensors.Read(path, tensors);
        return tensors;
    }

    private static FitOptions Options(int epochs, string? checkpoint, string? resume) => new()
    {
        Epochs = epochs, BatchSize = 8, Seed = 3, CheckpointPath = checkpoint, ResumeFrom = resume, RestoreBestWeights = true,
        Validation = SoftmaxRegression.Data(8, 6), Callbacks = [new StopAfter(8)],
    };

    private void Write(IReadOnlyDictionary<string, string?> changes)
    {
        Dictionary<string, string> metadata = new(_good);
        foreach ((string key, string? value) in changes)
        {
            if (value is null)
                metadata.Remove(key);
            else
                metadata[key] = value;
        }

        Safetensors.Write(_path, _tensors, metadata);
    }

    private void CheckLoad()
    {
        SoftmaxRegression network = Trained();
        string before = Everything(network);
        if (Record.Exception(() => Checkpoint.Load(_path, network)) is { } error)
        {
            Assert.IsType<SafetensorsException>(error);
            Assert.Equal(before, Everything(network));
            return;
        }

        Assert.InRange(network.Step, 0, 1L << 62);
        Assert.InRange(network.TotalSteps, 0, long.MaxValue);
        Assert.InRange(network.StepsPerEpoch, 0, int.MaxValue);
        Assert.True(network.BaseLearningRate is > 0 and <= float.MaxValue);
    }

    private void CheckResume()
    {
        SoftmaxRegression network = Trained();
        string before = Everything(network);
        History? history = null;
        if (Record.Exception(() => history = Trainer.Fit(network, SoftmaxRegression.Data(20), Options(4, null, _path), null, default)) is { } error)
        {
            // A rate that is large but legal.
            if (error is NonFiniteLossException)
                return;
            Assert.True(error is SafetensorsException or ArgumentException, error.ToString());
            Assert.Equal(before, Everything(network));
            return;
        }

        Assert.Equal(Enumerable.Range(1, history!.Epochs.Count), history.Epochs.Select(record => record.Epoch));
        Assert.InRange(history.BestEpoch, 0, history.Epochs.Count);
        Assert.All(history.Epochs, record => Assert.True(record.Accuracy is null or (>= 0 and <= 1) && record.LearningRate >= 0 && record.Seconds >= 0));
    }

    private static SoftmaxRegression Trained()
    {
        SoftmaxRegression network = new(learningRate: 0.3, seed: 8) { Step = 5, TotalSteps = 77, StepsPerEpoch = 7 };
        network.Momentum.Values.Fill(0.25f);
        return network;
    }

    private static string Everything(SoftmaxRegression network) => string.Create(
        CultureInfo.InvariantCulture,
        $"{network.Step} {network.Seed} {network.TotalSteps} {network.StepsPerEpoch} {network.BaseLearningRate:R} {network.WeightChanges} ")
        + string.Join(' ', network.Weights.Concat(network.OptimizerState).SelectMany(tensor => tensor.Values.ToArray()).Select(BitConverter.SingleToUInt32Bits));

    [Fact]
    public void Each_figure_replaced_by_each_value()
    {
        foreach (string key in _good.Keys)
        {
            foreach (string? value in Values.Append(null))
            {
                Write(new Dictionary<string, string?> { [key] = value });
                CheckLoad();
                CheckResume();
            }
        }
    }

    [Fact]
    public void Several_figures_replaced_at_once()
    {
        Gen<string?> value = Gen.OneOf(
            Gen.Elements<string?>([.. Values, null]),
            Gen.Choose(-5, 30).Select(number => (string?)number.ToString(CultureInfo.InvariantCulture)),
            ArbMap.Default.GeneratorFor<double>().Select(number => (string?)number.ToString(CultureInfo.InvariantCulture)),
            ArbMap.Default.GeneratorFor<long>().Select(number => (string?)number.ToString(CultureInfo.InvariantCulture)));
        Gen<Dictionary<string, string?>> changes =
            from count in Gen.Choose(1, 4)
            from keys in Gen.ListOf(Gen.Elements(_good.Keys.ToArray()), count)
            from values in Gen.ListOf(value, count)
            select keys.Zip(values).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Arb.From(changes), change =>
        {
            Write(change);
            CheckLoad();
            CheckResume();
        }));
    }

    [Theory]
    [InlineData("learning_rate", "NaN", "'NaN' as learning_rate, but a positive number")]
    [InlineData("step", "-1", "'-1' as step, but a whole number from 0 to")]
    [InlineData("steps_per_epoch", "2147483648", "'2147483648' as steps_per_epoch, but a whole number from 0 to 2147483647")]
    public void A_figure_out_of_its_range_is_named_with_it(string key, string value, string message)
    {
        Write(new Dictionary<string, string?> { [key] = value });
        Assert.Contains(message, Assert.Throws<SafetensorsException>(() => Checkpoint.Load(_path, new SoftmaxRegression())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fit.epoch", "-2000000000", "'-2000000000' as fit.epoch")]
    [InlineData("fit.batch", "4", "4 batches of an epoch are done, but an epoch has 3")]
    [InlineData("fit.best_epoch", "3", "'3' as fit.best_epoch, but a whole number from 0 to 2")]
    [InlineData("fit.history", "", "its history holds 0 epochs, but 2 are done")]
    [InlineData("fit.first_step", "7", "'7' as fit.first_step, but a whole number from 0 to 6")]
    public void A_state_that_no_Fit_has_is_refused(string key, string value, string message)
    {
        Write(new Dictionary<string, string?> { [key] = value });
        FitOptions options = Options(4, null, _path);
        Assert.Contains(
            message,
            Assert.Throws<SafetensorsException>(() => Trainer.Fit(new SoftmaxRegression(), SoftmaxRegression.Data(20), options, null, default)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_weights_must_be_there_where_they_will_be_wanted()
    {
        INamedTensor[] without = [.. _tensors.Where(tensor => !tensor.Name.StartsWith("best/", StringComparison.Ordinal))];
        Safetensors.Write(_path, without, _good);
        SoftmaxRegression network = new();
        SafetensorsException error = Assert.Throws<SafetensorsException>(
            () => Trainer.Fit(network, SoftmaxRegression.Data(20), Options(4, null, _path), null, default));
        Assert.Contains("lacks 'best/Linear1.weight'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, network.Step);
    }

    /// <summary>No test here trains long, whatever a figure says.</summary>
    private sealed class StopAfter(int steps) : FitCallback
    {
        private int _left = steps;

        public override void OnStepEnd(FitContext fit)
        {
            if (--_left == 0)
                fit.Stop();
        }
    }
}
