using System;
using System.Reflection;
using Dsl.Conformance;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Generator.Tests.Elements;

/// <summary>State that layers carry from one run to the next: a pair of ports of the entry point Step.</summary>
public sealed class CarriedStateTests
{
    private static readonly Lazy<Assembly> Models = new(() =>
    {
        SequenceLayers.Install();
        Generating run = Generating.Run("""
            using Dsl.Runtime;
            [Model, Input(2), Running, Linear(2), Running] public partial class Sums { public NetworkProgram Program => Code; }
            [Model, Input(2), Linear(2)] public partial class Plain { public NetworkProgram Program => Code; }
            public static class Use
            {
                public static Network Sums<TBackend>() where TBackend : struct, IBackend => global::Sums.On<TBackend>(7);
                public static NetworkProgram Program(Network n) => n is Sums s ? s.Program : ((Plain)n).Program;
            }
            """ + SequenceLayers.Attributes);
        Assert.Equal("", string.Join("\n", run.Findings) + run.AllErrors);
        return run.Load();
    });

    [Theory]
    [InlineData(typeof(CpuBackend))]
    [InlineData(typeof(ReferenceBackend))]
    public void A_run_goes_on_from_what_the_one_before_has_left(Type backend)
    {
        using Network network = Make(backend);
        Identity(network);
        NetworkProgram program = Program(network);
        using CarriedState state = program.NewState(2);
        using CarriedState other = program.NewState(1);

        // The first sum is 1, 3, 6; the sum of those 1, 4, 10.
        Assert.Equal([1, 10, -1, 0], Step(program, state, [1, 10, -1, 0]));
        Assert.Equal([4, 40, -3, 1], Step(program, state, [2, 20, -1, 1]));
        Assert.Equal([5, 6], Step(program, other, [5, 6]));
        Assert.Equal([10, 100, -6, 3], Step(program, state, [3, 30, -1, 1]));
        state.Reset();
        Assert.Equal([1, 2, 3, 4], Step(program, state, [1, 2, 3, 4]));

        // Without state every run starts at zero.
        float[] outputs = new float[2];
        ((INetwork)network).Predict(new float[] { 3, 4 }, outputs);
        Assert.Equal([3, 4], outputs);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using Network network = Make(typeof(CpuBackend));
        NetworkProgram program = Program(network);
        using CarriedState state = program.NewState(1);
        float[] x = [1, 2];
        float[] y = new float[2];
        Run(program, state, x, y);
        Run(program, state, x, y);
        Assert.Equal(0, Allocations.Of(() => Run(program, state, x, y)));
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        using Network network = Make(typeof(CpuBackend));
        using Network second = Make(typeof(CpuBackend));
        using Network plain = (Network)Activator.CreateInstance(Models.Value.GetType("Plain")!, [0UL])!;
        using CarriedState state = Program(network).NewState(2);
        Assert.Contains("2 samples, but 1 were given", Assert.Throws<ArgumentException>(() => Step(Program(network), state, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("another network", Assert.Throws<ArgumentException>(() => Step(Program(second), state, [1, 2, 3, 4])).Message, StringComparison.Ordinal);
        Assert.Contains("No layer of Plain carries state", Assert.Throws<InvalidOperationException>(() => Program(plain).NewState(1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Program(network).NewState(0));
        Assert.Contains("takes Float32, but Int32 was given", Assert.Throws<ArgumentException>(() =>
        {
            using ProgramRun run = Program(network).StartInference();
            run.Input(0, new[] { 1, 2 });
        }).Message, StringComparison.Ordinal);
        state.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Step(Program(network), state, [1, 2, 3, 4]));
    }

    private static Network Make(Type backend) => (Network)Models.Value.GetType("Use")!.GetMethod("Sums")!.MakeGenericMethod(backend).Invoke(null, [])!;

    private static NetworkProgram Program(Network network) => (NetworkProgram)Models.Value.GetType("Use")!.GetMethod("Program")!.Invoke(null, [network])!;

    private static void Identity(Network network)
    {
        new float[] { 1, 0, 0, 1 }.CopyTo(network.Parameters[0].Values);
        network.Parameters[1].Values.Clear();
    }

    private static float[] Step(NetworkProgram program, CarriedState state, float[] x)
    {
        float[] y = new float[x.Length];
        Run(program, state, x, y);
        return y;
    }

    private static void Run(NetworkProgram program, CarriedState state, float[] x, float[] y)
    {
        using ProgramRun run = program.StartStep(state);
        run.Input(0, x);
        run.Execute();
        run.Output(0, y);
    }
}
