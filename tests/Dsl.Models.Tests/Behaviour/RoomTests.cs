using System;
using Dsl;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>Memory that is not to be had: the error names the network, what for and how much, and the network stays as it was.</summary>
[Collection(nameof(AloneCollection))]
public class RoomTests
{
    [Theory]
    [InlineData(2_147_483_600, 16, 0, "the parameters", "8589934400")]
    [InlineData(1L << 40, 16, 0, "the parameters", "4398046511104")]
    [InlineData(16, 1L << 45, 0, "the prepared weights", "140737488355328")]
    [InlineData(16, long.MaxValue, 0, "the prepared weights", "36893488147419103228")]
    [InlineData(16, 16, long.MaxValue, "a run of a batch of 1 samples", "36893488147419103292")]
    [InlineData(16, 16, 1L << 61, "a run of a batch of 1 samples", "9223372036854775872")]
    public void What_no_machine_has_is_refused_with_its_bytes(long parameters, long prepared, long sampleFloats, string purpose, string bytes)
    {
        Refusal.Says<OutOfMemoryException>(
            () =>
            {
                using var program = new Blank(parameters, prepared, sampleFloats);
                program.Predict(new float[3], new float[3]);
            },
            "Blank",
            purpose,
            bytes + " bytes are wanted");
    }

    [Theory]
    [MemberData(nameof(Subject.Names), MemberType = typeof(Subject))]
    public void Whichever_allocation_fails_the_network_goes_on(string name)
    {
        Subject subject = Subject.Named(name);
        long live = CountingBackend.Live;
        using (Network network = subject.OnCounting(1))
        using (Network twin = subject.OnCpu(1))
        {
            var draw = new Draw(network, subject, 6);
            Action<Network>[] runs = [n => subject.Predict(n, draw), n => subject.Loss(n, draw), n => subject.TrainStep(n, draw)];
            foreach (Action<Network> run in runs)
            {
                int room = 0;
                while (Fails(run, room))
                {
                    room++;
                }

                Assert.True(room > 0 || run != runs[0]);
                run(twin);
            }

            Assert.Equal(1, network.Step);
            Same.Bits(network, twin);

            bool Fails(Action<Network> run, int room)
            {
                CountingBackend.RoomFor = room;
                try
                {
                    run(network);
                    return false;
                }
                catch (OutOfMemoryException exception)
                {
                    Refusal.Says<OutOfMemoryException>(() => throw exception, name + ": there is no memory for ", " of a batch of 6 samples: ", "bytes are wanted");
                    return true;
                }
                finally
                {
                    CountingBackend.RoomFor = null;
                }
            }
        }

        Assert.Equal(live, CountingBackend.Live);
    }

    [Fact]
    public void A_disposal_beside_other_uses_frees_everything_once()
    {
        long live = CountingBackend.Live;
        for (int round = 0; round < 50; round++)
        {
            Mlp network = Mlp.On<CountingBackend>(1);
            var draw = new Draw(network, Subject.Named(nameof(Mlp)), 3);
            Action[] uses = [network.Dispose, network.Dispose, () => network.Predict(draw.X, draw.Y), () => network.TrainStep(draw.X, draw.Labels), () => _ = network.Linear1.Weight.Gradients];
            System.Threading.Tasks.Parallel.ForEach(uses, use =>
            {
                try
                {
                    use();
                }
                catch (ObjectDisposedException)
                {
                    // It came too late.
                }
            });
            Assert.Equal(live, CountingBackend.Live);
        }
    }

    private sealed class Blank(long parameters, long prepared, long sampleFloats) : NetworkProgram<CpuBackend>(new ProgramInfo
    {
        Name = nameof(Blank),
        Inputs = [new PortInfo("Input", 1)],
        Outputs = [new PortInfo("Output", 1)],
        Parameters = [],
        ParameterFloats = parameters,
        TrainableFloats = parameters,
        PreparedFloats = prepared,
        EntryPoints = [new("Predict", EntryKind.Predict, 0, sampleFloats)],
        Rows = [],
    })
    {
        protected override void Prepare()
        {
        }

        protected override void Run(StepContext context, int entry)
        {
        }
    }
}
