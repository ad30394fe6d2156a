using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Dsl.Runtime;

namespace ModelTests.Behaviour;

/// <summary>A generated network with what a test of all networks alike needs: to make it on any backend, and to run it on drawn batches.</summary>
public sealed record Subject(string Name, Func<ulong, Network> OnCpu, Func<ulong, Network> OnReference, Func<ulong, Network> OnCounting)
{
    private static readonly Subject[] Table =
    [
        Of("Mlp", s => new Mlp(s), s => Mlp.On<ReferenceBackend>(s), s => Mlp.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 5),
        Of("WideMlp", s => new WideMlp(s), s => WideMlp.On<ReferenceBackend>(s), s => WideMlp.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 10),
        Of("DigitNet", s => new DigitNet(s), s => DigitNet.On<ReferenceBackend>(s), s => DigitNet.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 10),
        Of("PoolNet", s => new PoolNet(s), s => PoolNet.On<ReferenceBackend>(s), s => PoolNet.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 4),
        Of("RearrangingNet", s => new RearrangingNet(s), s => RearrangingNet.On<ReferenceBackend>(s), s => RearrangingNet.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 3),
        Of("TwoInputs", s => new TwoInputs(s), s => TwoInputs.On<ReferenceBackend>(s), s => TwoInputs.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Inputs[1], d.Y), (n, d) => n.Loss(d.X, d.Inputs[1], d.Labels), (n, d) => n.TrainStep(d.X, d.Inputs[1], d.Labels), 3),
        Of("ThreeOutputs", s => new ThreeOutputs(s), s => ThreeOutputs.On<ReferenceBackend>(s), s => ThreeOutputs.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y, d.Outputs[1], d.Outputs[2]), (n, d) => n.Loss(d.X, d.Targets), (n, d) => n.TrainStep(d.X, d.Targets)),
        Of("Autoencoder", s => new Autoencoder(s), s => Autoencoder.On<ReferenceBackend>(s), s => Autoencoder.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X), (n, d) => n.TrainStep(d.X)),
        Of("ExposedImage", s => new ExposedImage(s), s => ExposedImage.On<ReferenceBackend>(s), s => ExposedImage.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Targets), (n, d) => n.TrainStep(d.X, d.Targets)),
        Of("SignNet", s => new SignNet(s), s => SignNet.On<ReferenceBackend>(s), s => SignNet.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels)) with { IsSigned = true },
        Of("TagNet", s => new TagNet(s), s => TagNet.On<ReferenceBackend>(s), s => TagNet.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Targets), (n, d) => n.TrainStep(d.X, d.Targets)),
        Of("StepLabels", s => new StepLabels(s), s => StepLabels.On<ReferenceBackend>(s), s => StepLabels.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 3) with { Rows = 4 },
        Of("BlockNet", s => new BlockNet(s), s => BlockNet.On<ReferenceBackend>(s), s => BlockNet.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 3),
        Of("FrozenNet", s => new FrozenNet(s), s => FrozenNet.On<ReferenceBackend>(s), s => FrozenNet.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 3),
        Of("FrozenBody", s => new FrozenBody(s), s => FrozenBody.On<ReferenceBackend>(s), s => FrozenBody.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 3),
        Of("NormNet", s => new NormNet(s), s => NormNet.On<ReferenceBackend>(s), s => NormNet.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 3),
        Of("DropoutNet", s => new DropoutNet(s), s => DropoutNet.On<ReferenceBackend>(s), s => DropoutNet.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Targets), (n, d) => n.TrainStep(d.X, d.Targets)),
        Of("CosineNet", s => new CosineNet(s), s => CosineNet.On<ReferenceBackend>(s), s => CosineNet.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 2),
        Of("TinySlopes", s => new TinySlopes(s), s => TinySlopes.On<ReferenceBackend>(s), s => TinySlopes.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Labels), (n, d) => n.TrainStep(d.X, d.Labels), 3),
        Of("TanhSwallows", s => new TanhSwallows(s), s => TanhSwallows.On<ReferenceBackend>(s), s => TanhSwallows.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Targets), (n, d) => n.TrainStep(d.X, d.Targets)),
        Of("SigmoidSwallows", s => new SigmoidSwallows(s), s => SigmoidSwallows.On<ReferenceBackend>(s), s => SigmoidSwallows.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Targets), (n, d) => n.TrainStep(d.X, d.Targets)),
        Of("ReLU6Swallows", s => new ReLU6Swallows(s), s => ReLU6Swallows.On<ReferenceBackend>(s), s => ReLU6Swallows.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Targets), (n, d) => n.TrainStep(d.X, d.Targets)),
        Of("HardSigmoidSwallows", s => new HardSigmoidSwallows(s), s => HardSigmoidSwallows.On<ReferenceBackend>(s), s => HardSigmoidSwallows.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Targets), (n, d) => n.TrainStep(d.X, d.Targets)),
        Of("NormSwallows", s => new NormSwallows(s), s => NormSwallows.On<ReferenceBackend>(s), s => NormSwallows.On<CountingBackend>(s),
            (n, d) => n.Predict(d.X, d.Y), (n, d) => n.Loss(d.X, d.Targets), (n, d) => n.TrainStep(d.X, d.Targets)),
    ];

    public static IEnumerable<object[]> Names => Table.Select(subject => new object[] { subject.Name });

    public required Action<Network, Draw> Predict { get; init; }

    public required Func<Network, Draw, float> Loss { get; init; }

    public required Func<Network, Draw, float> TrainStep { get; init; }

    /// <summary>Labels run from 0 to one less.</summary>
    public int Classes { get; init; }

    /// <summary>Labels a sample.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>Labels are -1 and +1.</summary>
    public bool IsSigned { get; init; }

    public static Subject Named(string name) => Table.Single(subject => subject.Name == name);

    private static Subject Of<T>(
        string name,
        Func<ulong, T> onCpu,
        Func<ulong, T> onReference,
        Func<ulong, T> onCounting,
        Action<T, Draw> predict,
        Func<T, Draw, float> loss,
        Func<T, Draw, float> trainStep,
        int classes = 0)
        where T : Network => new(name, onCpu, onReference, onCounting)
        {
            Predict = (network, draw) => predict((T)network, draw),
            Loss = (network, draw) => loss((T)network, draw),
            TrainStep = (network, draw) => trainStep((T)network, draw),
            Classes = classes,
        };
}
