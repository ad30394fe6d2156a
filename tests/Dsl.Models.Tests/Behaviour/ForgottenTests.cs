using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Dsl;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>Networks that nobody holds: their memory lasts as long as a run, and not much longer.</summary>
[Collection(nameof(AloneCollection))]
public class ForgottenTests
{
    [Theory]
    [InlineData(nameof(NetworkProgram.Predict))]
    [InlineData(nameof(NetworkProgram.Probabilities))]
    [InlineData(nameof(NetworkProgram.Classify))]
    [InlineData(nameof(NetworkProgram.Loss))]
    [InlineData(nameof(NetworkProgram.TrainStep))]
    [InlineData(nameof(NetworkProgram.StartInference))]
    [InlineData(nameof(NetworkProgram.StartTraining))]
    public void A_collection_in_the_middle_of_a_run_leaves_its_memory(string entry)
    {
        // The optimized code is what lets go of a network early: enough calls for the runtime to make it.
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < 60; i++)
                Run(entry, null);
            Thread.Sleep(150);
        }

        Collect();
        long live = CountingBackend.Live;
        long atWork = 0;
        Run(entry, () =>
        {
            Collect();
            atWork = CountingBackend.Live - live;
        });
        Assert.True(atWork >= 2, $"{atWork} of a run's own buffers are left.");
        Collect();
        Assert.Equal(live, CountingBackend.Live);

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        static void Run(string entry, Action? inRun)
        {
            Interrupted.InRun = inRun;
            switch (entry)
            {
                case nameof(NetworkProgram.Predict):
                    new Interrupted().Predict([1], new float[1]);
                    break;
                case nameof(NetworkProgram.Probabilities):
                    new Interrupted().Probabilities([1], new float[1]);
                    break;
                case nameof(NetworkProgram.Classify):
                    new Interrupted().Classify([1], new int[1]);
                    break;
                case nameof(NetworkProgram.Loss):
                    new Interrupted().Loss([1], [0], default);
                    break;
                case nameof(NetworkProgram.TrainStep):
                    new Interrupted().TrainStep([1], [0], default);
                    break;
                default:
                    using (ProgramRun run = entry == nameof(NetworkProgram.StartInference) ? new Interrupted().StartInference() : new Interrupted().StartTraining())
                    {
                        run.Input(0, [1f]);
                        run.Labels([0]);
                        if (entry == nameof(NetworkProgram.StartInference))
                            run.ExecuteLoss();
                        else
                            run.ExecuteTraining();
                    }

                    break;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Subject.Names), MemberType = typeof(Subject))]
    public void Runs_of_a_network_that_nobody_else_holds_are_right(string name)
    {
        Subject subject = Subject.Named(name);
        using Network twin = subject.OnCpu(1);
        var draw = new Draw(twin, subject, 6);
        float loss = subject.Loss(twin, draw);
        float step = subject.TrainStep(subject.OnCpu(1), draw);
        subject.Predict(twin, draw);
        float[] expected = [.. draw.Y];
        int wrong = WithCollections(() =>
        {
            int differ = 0;
            for (int i = 0; i < 60; i++)
            {
                Array.Clear(draw.Y);
                subject.Predict(i % 2 == 0 ? subject.OnCpu(1) : subject.OnCounting(1), draw);
                differ += draw.Y.AsSpan().SequenceEqual(expected) ? 0 : 1;
                differ += subject.Loss(subject.OnCpu(1), draw).Equals(loss) ? 0 : 1;
                differ += subject.TrainStep(subject.OnCpu(1), draw).Equals(step) ? 0 : 1;
            }

            return differ;
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Forgotten_networks_do_not_pile_up()
    {
        const int Batch = 2048;
        float[] x = Draw.Numbers(new Random(1), Batch * 8);
        int[] labels = new int[Batch];
        Drop(x, labels);
        long before = Environment.WorkingSet;
        long most = 0;
        for (int i = 0; i < 300; i++)
        {
            Drop(x, labels);
            most = Math.Max(most, Environment.WorkingSet - before);
        }

        // Each has an arena of more than 8 MiB: all of them would be 2.4 GiB and more. How many wait for the collector differs from run to run, 0.3 to 0.6 GiB were seen, and does not grow.
        Assert.InRange(most, long.MinValue, 1L << 30);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Drop(float[] x, int[] labels) => new BroadNet(1).TrainStep(x, labels);
    }

    [Fact]
    public void A_file_that_cannot_be_loaded_leaves_no_network_behind()
    {
        byte[] bad = [1, 2, 3];
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bad);
            foreach (Action load in new Action[] { () => Forgetful.Load(path), () => Forgetful.Load((ReadOnlySpan<byte>)bad), () => Forgetful.Load(path + ".none") })
            {
                Forgetful.Last = null;
                Assert.ThrowsAny<Exception>(load);
                Forgetful made = Forgetful.Last!;
                Assert.Throws<ObjectDisposedException>(() => made.Save(Stream.Null));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static int WithCollections(Func<int> body)
    {
        bool ends = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref ends))
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            return body();
        }
        finally
        {
            Volatile.Write(ref ends, true);
            collector.Join();
        }
    }

    /// <summary>Like a generated network, but remembers the last one that was made.</summary>
    private sealed class Forgetful : Network
    {
        private Forgetful()
            : base(new Program(), 0) => Last = this;

        public static Forgetful? Last { get; set; }

        public static Forgetful Load(string path) => Loaded(new Forgetful(), path);

        public static Forgetful Load(ReadOnlySpan<byte> file) => Loaded(new Forgetful(), file);

        private sealed class Program() : NetworkProgram<CpuBackend>(Small(nameof(Forgetful)))
        {
            protected override void Prepare()
            {
            }

            protected override void Run(StepContext context, int entry)
            {
            }
        }
    }

    /// <summary>A program whose kernels are an action, and which holds nothing of itself meanwhile, as generated code does.</summary>
    private sealed class Interrupted() : NetworkProgram<CountingBackend>(Small(nameof(Interrupted)))
    {
        public static Action? InRun { get; set; }

        protected override void Prepare()
        {
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void Run(StepContext context, int entry)
        {
            if (Info.EntryPoints[entry].Kind is EntryKind.Predict or EntryKind.TrainStep)
                InRun?.Invoke();
        }
    }

    private static ProgramInfo Small(string name) => new()
    {
        Name = name,
        Inputs = [new PortInfo("Input", 1)],
        Outputs = [new PortInfo("Output", 1)],
        Parameters = [new ParameterInfo("Linear1.weight", 0, true, ParameterStart.Constant, 1, 1, 1)],
        ParameterFloats = 16,
        TrainableFloats = 1,
        PreparedFloats = 0,
        EntryPoints = [new("Predict", EntryKind.Predict, 0, 0), new("Loss", EntryKind.Loss, 0, 0), new("TrainStep", EntryKind.TrainStep, 0, 0)],
        HasLoss = true,
        Optimizer = "SGD",
        Target = TargetKind.Labels,
        TargetSize = 1,
        Classes = 1,
        Rows = [],
    };
}
