using System;
using System.Linq;
using Dsl;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>What a training step changes and what it leaves alone.</summary>
public class TrainingStepTests
{
    [Theory]
    [MemberData(nameof(Subject.Names), MemberType = typeof(Subject))]
    public void Steps_on_one_batch_lower_its_loss(string name)
    {
        Subject subject = Subject.Named(name);
        using Network network = subject.OnCpu(1);
        if (name != nameof(DropoutNet))
            network.LearningRate = 0.02;
        else
            network.LearningRate = 0.5;
        var draw = new Draw(network, subject, 8);
        for (int i = 0; i < 5; i++)
            subject.TrainStep(network, draw);
        float first = subject.Loss(network, draw);
        for (int i = 0; i < 60; i++)
            subject.TrainStep(network, draw);
        float last = subject.Loss(network, draw);
        Assert.True(last < first, $"{first} became {last}");
        Assert.Equal(65, network.Step);
    }

    [Fact]
    public void A_step_returns_the_loss_before_its_update()
    {
        using var network = new Mlp(2);
        var draw = new Draw(network, Subject.Named(nameof(Mlp)), 8);
        for (int i = 0; i < 3; i++)
        {
            float before = network.Loss(draw.X, draw.Labels);
            Assert.Equal(before, network.TrainStep(draw.X, draw.Labels), 1e-5);
        }
    }

    [Fact]
    public void Weights_that_are_written_reach_the_next_prediction()
    {
        using var network = new PoolNet(2);
        var draw = new Draw(network, Subject.Named(nameof(PoolNet)), 2);
        network.Predict(draw.X, draw.Y);
        network.Linear1.Weight.Values.Clear();
        float[] bias = [1, 2, 3, 4];
        bias.CopyTo(network.Linear1.Bias.Values);
        network.Predict(draw.X, draw.Y);
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], draw.Y);

        // And the next step.
        network.TrainStep(draw.X, draw.Labels);
        network.Conv2d1.Weight.Values.Fill(0.5f);
        using var other = new PoolNet(3);
        other.CopyFrom(network);
        Assert.Equal(other.TrainStep(draw.X, draw.Labels), network.TrainStep(draw.X, draw.Labels));
    }

    [Fact]
    public void Gradients_can_be_read_after_a_step()
    {
        using var network = new CosineNet(2);
        float[] inputs = [1, -2, 0.5f];
        float[] probabilities = new float[2];
        Assert.All(network.Linear1.Weight.Gradients.ToArray(), value => Assert.Equal(0, value));
        network.Probabilities(inputs, probabilities);
        network.TrainStep(inputs, [1]);
        Same.Close("bias", [probabilities[0], probabilities[1] - 1], network.Linear1.Bias.Gradients);
        Same.Close("weight", [.. inputs.Select(x => x * probabilities[0]), .. inputs.Select(x => x * (probabilities[1] - 1))], network.Linear1.Weight.Gradients);
        using var digits = new DigitNet();
        Assert.Equal(0, digits.BatchNorm2d1.RunningMean.Gradients.Length);
    }

    [Fact]
    public void Frozen_layers_stay_and_the_others_move()
    {
        using var network = new FrozenNet(2);
        Shift(network.BatchNorm2d1.RunningMean, 0.3f);
        Shift(network.BatchNorm2d1.RunningVar, 0.7f);
        using var before = new FrozenNet();
        before.CopyFrom(network);
        var draw = new Draw(network, Subject.Named(nameof(FrozenNet)), 6);
        for (int i = 0; i < 5; i++)
            network.TrainStep(draw.X, draw.Labels);
        string[] frozen = ["Conv2d1.weight", "Conv2d1.bias", "BatchNorm2d1.weight", "BatchNorm2d1.bias", "BatchNorm2d1.running_mean", "BatchNorm2d1.running_var"];
        foreach (Parameter parameter in network.Parameters)
        {
            bool moved = !parameter.Values.SequenceEqual(before.Parameters[parameter.Name].Values);
            Assert.Equal(!frozen.Contains(parameter.Name), moved);
            Assert.Equal(!frozen.Contains(parameter.Name) && !parameter.Name.Contains("running", StringComparison.Ordinal), parameter.IsTrainable);
        }
    }

    [Fact]
    public void A_frozen_norm_uses_its_running_statistics_in_training_too()
    {
        // With statistics of its own the norm would undo this scale, and the loss would stay.
        using var network = new FrozenNet(2);
        using var scaled = new FrozenNet(2);
        scaled.BatchNorm2d1.RunningVar.Values.Fill(25);
        var draw = new Draw(network, Subject.Named(nameof(FrozenNet)), 6);
        scaled.BatchNorm2d1.Bias.Values.Fill(0.2f);
        Assert.NotEqual(network.TrainStep(draw.X, draw.Labels), scaled.TrainStep(draw.X, draw.Labels));
        Assert.All(scaled.BatchNorm2d1.RunningVar.Values.ToArray(), value => Assert.Equal(25, value));
    }

    [Fact]
    public void A_body_that_does_not_learn_gives_in_training_what_it_gives_in_inference()
    {
        using var network = new FrozenBody(2);
        var draw = new Draw(network, Subject.Named(nameof(FrozenBody)), 6);
        for (int i = 0; i < 3; i++)
        {
            // Between steps too: what is folded into its weights follows them.
            Shift(network.BatchNorm2d1.RunningMean, 0.3f);
            Shift(network.BatchNorm2d1.RunningVar, 0.7f);
            Shift(network.BatchNorm2d2.Weight, 0.2f);
            float inference = network.Loss(draw.X, draw.Labels);
            Assert.Equal(inference, network.TrainStep(draw.X, draw.Labels), 1e-6f);
        }
    }

    [Fact]
    public void Running_statistics_follow_the_batches()
    {
        using var network = new NormNet(2);
        var draw = new Draw(network, Subject.Named(nameof(NormNet)), 16);
        Parameter weight = network.Linear1.Weight;
        double[] values = [.. Enumerable.Range(0, 16).Select(row =>
        {
            double sum = network.Linear1.Bias.Values[0];
            for (int k = 0; k < 6; k++)
                sum += (double)draw.X[(row * 6) + k] * weight.Values[k];
            return sum;
        })];
        double mean = values.Average();
        double variance = values.Sum(v => (v - mean) * (v - mean)) / 15;
        network.Predict(draw.X, draw.Y);
        network.Loss(draw.X, draw.Labels);
        Assert.Equal(0, network.BatchNorm1d1.RunningMean.Values[0]);
        network.TrainStep(draw.X, draw.Labels);
        Assert.Equal(0.1 * mean, network.BatchNorm1d1.RunningMean.Values[0], 1e-5);
        Assert.Equal(0.9 + (0.1 * variance), network.BatchNorm1d1.RunningVar.Values[0], 1e-5);
    }

    [Fact]
    public void Dropout_works_in_training_only_and_anew_in_each_step()
    {
        using var network = new DropoutNet(2);
        var draw = new Draw(network, Subject.Named(nameof(DropoutNet)), 8);
        float[] again = new float[draw.Y.Length];
        network.Predict(draw.X, draw.Y);
        network.Predict(draw.X, again);
        Same.Bits("Predict", draw.Y, again);
        float loss = network.Loss(draw.X, draw.Targets);
        Assert.Equal(loss, network.Loss(draw.X, draw.Targets));

        // The rate is so small that the weights hardly move: what differs is the dropout.
        float[] losses = [.. Enumerable.Range(0, 6).Select(_ => network.TrainStep(draw.X, draw.Targets))];
        Assert.Equal(6, losses.Distinct().Count());
        Assert.DoesNotContain(loss, losses);
    }

    [Fact]
    public void A_step_whose_labels_are_all_ignored_changes_nothing()
    {
        using var network = new StepLabels(2);
        var draw = new Draw(network, Subject.Named(nameof(StepLabels)), 2);
        network.TrainStep(draw.X, draw.Labels);
        float[] before = Same.Snapshot(network);
        Assert.True(float.IsNaN(network.TrainStep(draw.X, [-1, -1, -1, -1, -1, -1, -1, -1])));
        Same.Bits("weights", before, Same.Snapshot(network));
        Assert.Equal(2, network.Step);
        Assert.True(float.IsFinite(network.TrainStep(draw.X, [-1, -1, -1, -1, -1, -1, -1, 2])));
    }

    [Fact]
    public void Schedules_set_the_rate_of_each_step()
    {
        using var cosine = new CosineNet(1);
        cosine.TotalSteps = 6;
        Rates(cosine, (x, y) => cosine.TrainStep(x, y), cosine.Linear1.Bias, t => t < 2 ? 0.1 * (t + 1) / 2 : 0.01 + (0.5 * 0.09 * (1 + Math.Cos(Math.PI * (t - 2) / 4))));
        using var warmup = new WarmupNet(1);
        warmup.TotalSteps = 6;
        Rates(warmup, (x, y) => warmup.TrainStep(x, y), warmup.Linear1.Bias, t => t < 3 ? 0.1 * (t + 1) / 3 : 0.1 * (6 - t) / 3);
        using var decay = new StepDecayNet(1);
        decay.StepsPerEpoch = 1;
        Rates(decay, (x, y) => decay.TrainStep(x, y), decay.Linear1.Bias, t => 0.1 * Math.Pow(0.5, t / 2));

        // PyTorch's OneCycleLR: from a 25th of the rate over 30 % of the steps up, then down to a 10,000th of that.
        using var cycle = new OneCycleNet(1);
        cycle.TotalSteps = 6;
        double peak = (0.3 * 6) - 1;
        Rates(cycle, (x, y) => cycle.TrainStep(x, y), cycle.Linear1.Bias, t => t <= peak
            ? Annealed(0.5 / 25, 0.5, t / peak)
            : Annealed(0.5, 0.5 / 25 / 1e4, (t - peak) / (5 - peak)));
    }

    [Fact]
    public void Without_a_total_the_rate_stays_as_after_the_warm_up()
    {
        using var network = new WarmupNet(1);
        Rates(network, (x, y) => network.TrainStep(x, y), network.Linear1.Bias, t => t < 3 ? 0.1 * (t + 1) / 3 : 0.1);
    }

    [Fact]
    public void The_learning_rate_can_be_set()
    {
        using var network = new WarmupNet(1);
        Assert.Equal(0.1, network.LearningRate);
        network.LearningRate = 0.4;
        Rates(network, (x, y) => network.TrainStep(x, y), network.Linear1.Bias, t => t < 3 ? 0.4 * (t + 1) / 3 : 0.4);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.LearningRate = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.LearningRate = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.TotalSteps = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.StepsPerEpoch = -1);
    }

    private static double Annealed(double from, double to, double share) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * share)));

    private static void Shift(Parameter parameter, float by)
    {
        foreach (ref float value in parameter.Values)
            value += by;
    }

    // Plain SGD moves by rate times gradient.
    private static void Rates(Network network, Func<float[], int[], float> step, Parameter bias, Func<int, double> expected)
    {
        float[] x = [1, -2, 0.5f];
        for (int t = 0; t < 6; t++)
        {
            Assert.Equal(t, network.Step);
            float before = bias.Values[0];
            step(x, [t % 2]);
            double rate = ((double)before - bias.Values[0]) / bias.Gradients[0];
            Assert.True(Math.Abs(rate - expected(t)) < 1e-5 + (1e-4 * expected(t)), $"step {t}: {rate} instead of {expected(t)}");
        }
    }
}
